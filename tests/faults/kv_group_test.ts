import { assert, assertEquals, assertRejects } from "@std/assert";
import * as fc from "fast-check";
import { KvBook } from "../../lib/adapters/deno_kv/kv_book.ts";
import { KvSessions } from "../../lib/adapters/deno_kv/kv_sessions.ts";
import { systemClock } from "../../lib/adapters/system/surroundings.ts";
import type { BetRequest } from "../../lib/app/backing.ts";
import { answerFrom, type BetAnswer } from "../../lib/app/place_bet.ts";
import { aRequest, openAlice, servicesOn } from "../app/bookmaker.ts";
import { assertExposures, assertLogged, placedBets, soundChain } from "../app/invariants.ts";
import { assertRowsRight } from "../contracts/drawn_rows.ts";
import { ALICE, BOB, noWait } from "../given.ts";
import { faulty, KV_FATES, type KvFate } from "./faulty_kv.ts";
import { type KvParts, partsOn, simulated } from "./kv_home.ts";
import { withReports } from "./reports.ts";
import { sequences } from "./sequences.ts";
import { accountEntry } from "../../lib/domain/entry.ts";

const ATTEMPTS = 4;

/** Two of Alice's, of which one is asked twice, and two of Bob's, of which one is too high. */
const GROUP: readonly Partial<BetRequest>[] = [
  { requestId: "first" },
  { accountId: BOB, requestId: "first" },
  { requestId: "second", stakeMinor: 40 },
  { requestId: "first" },
  { accountId: BOB, requestId: "too high", stakeMinor: 5_000 },
];

for (const first of KV_FATES) {
  Deno.test(`a group has each effect once and tells each caller so, whatever follows a commit that ${first}`, async () => {
    for (const rest of sequences(KV_FATES, 2)) await checkGroup([first, ...rest]);
  });
}

Deno.test("a group that is halved, with commits that end in any way, tells each caller what is so", async () => {
  const anyFates = fc.array(fc.constantFrom(...KV_FATES), { minLength: 2, maxLength: 16 });
  await fc.assert(fc.asyncProperty(anyFates, checkGroup), { numRuns: 50 });
});

async function checkGroup(fates: readonly KvFate[]): Promise<void> {
  await simulated(async (kv) => {
    const story = fates.join(", ");
    const well = partsOn(kv);
    const coming: KvFate[] = [];
    const policy = { commitAttempts: ATTEMPTS };
    const sick = partsOn(faulty(kv, coming), { policy, backoff: noWait });
    for (const accountId of [ALICE, BOB]) await openAlice(well.ledger, 1_000, accountId);
    await withReports(async () => {
      coming.push(...fates);
      const answers = await Promise.all(GROUP.map((change) => sick.place(change)));
      const used = fates.slice(0, fates.length - coming.length);
      coming.splice(0);
      for (const [index, answer] of answers.entries()) {
        // The same request asked a second time may have had more luck, in the other half.
        const twin = index === 0 ? answers[3] : index === 3 ? answers[0] : undefined;
        const byTwin = twin?.kind === "placed";
        await assertTrue(well, { answer, asked: aRequest(GROUP[index]), used, byTwin });
      }
    });
    const again = await Promise.all(GROUP.map((change) => sick.place(change)));
    assertEquals(again.map(({ kind }) => kind), [
      "placed",
      "placed",
      "placed",
      "placed",
      "refused",
    ], story);
    await well.drainer.wake();
    const chains = [await soundChain(well.ledger), await soundChain(well.ledger, BOB)] as const;
    assertEquals(chains.map((chain) => [chain.length, placedBets(chain).length]), [[4, 2], [4, 1]]);
    await assertLogged(well, ...chains);
    await assertExposures(sick.ledger, ...chains);
  });
}

/** A caller heard nothing that is not so: not that it was done, and not that it was not. */
async function assertTrue(
  { ledger }: KvParts,
  told: {
    readonly answer: BetAnswer;
    readonly asked: BetRequest;
    readonly used: readonly KvFate[];
    readonly byTwin: boolean;
  },
): Promise<void> {
  const { answer, asked, used, byTwin } = told;
  const story = `${asked.accountId} ${asked.requestId}: ${used.join(", ")}`;
  const entry = await ledger.answer(asked.accountId, asked.requestId);
  switch (answer.kind) {
    case "placed":
    case "refused":
      assert(entry, story);
      return assertEquals(answerFrom(accountEntry(entry), answer), answer, story);
    case "contended":
      return assertEquals(entry !== null, byTwin, story);
    case "unknown":
      assert(used.includes("throwsBefore"), story);
      return assertEquals(entry !== null, byTwin, `${story}: it was there to be found`);
    case "mismatch":
      throw new Error(story);
  }
}

Deno.test("one whose decision is a defect fails alone: its neighbours are answered rightly", async () => {
  await simulated(async (kv) => {
    const parts = partsOn(kv, { backoff: noWait });
    await openAlice(parts.ledger, 1_000);
    const nobody = parts.place({ accountId: BOB });
    const neighbours = [1, 2, 3].map((number) => parts.place({ requestId: `${number}` }));
    await assertRejects(() => nobody, Error, "the account is not open");
    for (const answer of await Promise.all(neighbours)) assertEquals(answer.kind, "placed");
    assertEquals((await soundChain(parts.ledger)).length, 5);
  });
});

Deno.test("callers who stop listening change nothing: theirs is done, and the others hear of theirs", async () => {
  for (const fate of KV_FATES) {
    await simulated(async (kv) => {
      const coming: KvFate[] = [fate];
      const parts = partsOn(faulty(kv, coming), { backoff: noWait });
      await openAlice(partsOn(kv).ledger, 10_000);
      await withReports(async () => {
        const asked = Array.from({ length: 40 }, (_, number) =>
          parts.place({
            requestId: `${number}`,
          }));
        // Half of them are gone as soon as they have asked.
        const answers = await Promise.all(
          asked.map((answer, number) => number % 2 === 0 ? Promise.race([answer, null]) : answer),
        );
        assertEquals(answers.filter((answer) => answer === null).length, 20, fate);
        assertEquals(answers.filter((answer) => answer?.kind === "placed").length, 20, fate);
      });
      const chain = await soundChain(parts.ledger);
      assertEquals([chain.length, placedBets(chain).length], [42, 40], fate);
      await parts.drainer.wake();
      await assertLogged(parts, chain);
    });
  }
});

Deno.test("a line that is full answers contended at once, and nothing of it happens", async () => {
  await simulated(async (kv) => {
    const parts = partsOn(kv, { backoff: noWait, policy: { waitingAtMost: 5 } });
    await openAlice(parts.ledger, 10_000);
    const place = (number: number) => parts.place({ requestId: `${number}` });
    const answers = await Promise.all(Array.from({ length: 20 }, (_, number) => place(number)));
    assertEquals(answers.map(({ kind }) => kind), [
      ...Array(5).fill("placed"),
      ...Array(15).fill("contended"),
    ]);
    assertEquals((await soundChain(parts.ledger)).length, 7);
    assertEquals(await parts.services.request(ALICE, "5"), null);
    // There is room again: the same request happens now, for the first time.
    const again = await place(5);
    assert(again.kind === "placed" && !again.replayed);
  });
});

Deno.test("while the log is too far behind, bets answer contended and nothing of them happens", async () => {
  await simulated(async (kv) => {
    const parts = partsOn(kv, { backoff: noWait });
    await openAlice(parts.ledger, 1_000);
    let released = false;
    const { ledger, log } = parts;
    const brake = { released: () => Promise.resolve(released) };
    const book = new KvBook(kv, ledger);
    const sessions = new KvSessions(kv, systemClock);
    const braked = servicesOn({ ledger, log, book, sessions, brake });
    const place = () =>
      Promise.all([1, 2].map((number) => braked.placeBet(aRequest({ requestId: `${number}` }))));
    assertEquals((await place()).map(({ kind }) => kind), ["contended", "contended"]);
    assertEquals((await soundChain(ledger)).length, 2);
    released = true;
    assertEquals((await place()).map(({ kind }) => kind), ["placed", "placed"]);
    assertEquals((await soundChain(ledger)).length, 4);
  });
});

Deno.test("a process whose every commit ends in any way keeps ledger, log and rows whole", async () => {
  const anyFates = fc.array(fc.constantFrom(...KV_FATES), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(anyFates, async (fates) => {
      await simulated(async (kv) => {
        const coming: KvFate[] = [];
        const sick = partsOn(faulty(kv, coming), { backoff: noWait });
        for (const accountId of [ALICE, BOB]) await openAlice(sick.ledger, 1_000, accountId);
        await withReports(async () => {
          coming.push(...fates);
          for (let round = 0; round < 4; round++) {
            const asked = [ALICE, BOB].map((accountId) =>
              aRequest({ accountId, requestId: `${round}`, stakeMinor: 10 })
            );
            await Promise.all([
              ...asked.map((request) => sick.services.placeBet(request)),
              sick.services.authoriseHold(aRequest({ requestId: `hold ${round}` })),
            ]);
            await Promise.all([sick.drainer.wake(), sick.checkpointer.run()]);
          }
          coming.splice(0);
        });
        const next = partsOn(kv, { backoff: noWait });
        for (const process of [sick, next]) {
          await process.drainer.wake();
          const chains = [await soundChain(process.ledger), await soundChain(process.ledger, BOB)];
          await assertLogged(process, ...chains);
          await assertExposures(process.ledger, ...chains);
        }
        await assertRowsRight(kv);
        await next.checkpointer.run();
        if (await next.checkpointer.run() === "done") await next.checkpointer.run();
        assertEquals(await assertRowsRight(kv), next.ledger.journal.last);
      });
    }),
    { numRuns: 40 },
  );
});

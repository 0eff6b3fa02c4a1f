import { assert, assertEquals } from "@std/assert";
import type { EntriesRow } from "../../lib/adapters/deno_kv/chain_index.ts";
import { keys } from "../../lib/adapters/deno_kv/keys.ts";
import type { MarketAnswer } from "../../lib/app/change_market.ts";
import type { AccountEntry } from "../../lib/domain/entry.ts";
import { aRequest, asks, openAlice } from "../app/bookmaker.ts";
import { assertExposures, assertLogged, soundChain } from "../app/invariants.ts";
import { faulty, type KvFate } from "../faults/faulty_kv.ts";
import { inMemory, type KvParts, partsOn, simulated } from "../faults/kv_home.ts";
import { withReports } from "../faults/reports.ts";
import { aBet, ALICE, BOB, entryAfter, MATCH, NOON_MS, noWait } from "../given.ts";
import { TRADER } from "../market_entries.ts";
import { assertRowsRight } from "./drawn_rows.ts";

/** Bets that fill a run and begin the next. */
const MANY = 300;

/** So little that a checkpoint takes several writes. */
const WEIGHT_A_WRITE = 2;

const WHERE_CUT: readonly KvFate[] = ["throwsBefore", "throwsAfter", "locked", "resent"];

Deno.test("a checkpoint cut off at any write, in any way, is made whole by the next process", async () => {
  for (const fate of WHERE_CUT) {
    for (let writes = 0, cut = true; cut; writes++) {
      cut = await cutOffAfter(writes, fate);
      assert(cut || writes > 2, "a checkpoint takes several writes");
    }
  }
});

/** Answers whether the checkpoint had as many writes, so that the next one could be cut off. */
async function cutOffAfter(writes: number, fate: KvFate): Promise<boolean> {
  let cut = false;
  await simulated(async (kv) => {
    const coming: KvFate[] = [];
    const first = partsOn(faulty(kv, coming), { backoff: noWait, weightAWrite: WEIGHT_A_WRITE });
    await openAlice(first.ledger, 100_000);
    await openAlice(first.ledger, 1_000, BOB);
    await bets(first, { count: 20, name: "early" });
    assertEquals(await first.checkpointer.run(), "done");
    await bets(first, { count: MANY, name: "late" });
    await hold(first, "pending");
    const halted = await halt(first);

    coming.push(...Array<KvFate>(writes).fill("commits"), fate);
    await withReports(async () => {
      const result = await first.checkpointer.run();
      cut = coming.length === 0;
      assertEquals(result, cut ? fate === "resent" ? "overtaken" : "failed" : "done");
    });
    coming.splice(0);
    await assertRowsRight(kv);
    // The process that was cut off knows as much as one that starts on what it left behind.
    const next = partsOn(kv, { backoff: noWait });
    const left = [await soundChain(next.ledger), await soundChain(next.ledger, BOB)] as const;
    assertEquals([left[0].length, left[1].length], [22 + MANY, 3]);
    assertEquals(
      await first.ledger.history(ALICE, { before: null, limit: 1_000 }),
      left[0].toReversed(),
    );
    for (const { ledger } of [first, next]) await assertExposures(ledger, ...left);
    const again = await next.place({ requestId: "late 7", stakeMinor: 1 });
    assert(again.kind === "placed" && again.replayed);
    assertEquals(await halt(next), halted.map((answer) => ({ ...answer, replayed: true })));
    for (const { services } of [first, next]) {
      assertEquals(await services.market(MATCH.id), { ...MATCH, version: 3 });
    }
    await bets(next, { count: 5, name: "behind" });
    // Nobody can tell at first whether the other is still at it.
    if (await next.checkpointer.run() === "overtaken") await next.checkpointer.run();
    assertEquals(await assertRowsRight(kv), next.ledger.journal.last);
    assertEquals(await next.checkpointer.run(), "nothing");
    await next.drainer.wake();
    const chains = [await soundChain(next.ledger), left[1]];
    await assertLogged(next, ...chains);
    await assertExposures(next.ledger, ...chains);
  });
  return cut;
}

Deno.test("a process whose own checkpoint failed goes on with it at once", async () => {
  await inMemory(async (kv) => {
    const coming: KvFate[] = [];
    const parts = partsOn(faulty(kv, coming), { backoff: noWait, weightAWrite: WEIGHT_A_WRITE });
    await openAlice(parts.ledger, 100_000);
    await bets(parts, { count: MANY, name: "bet" });
    coming.push("commits", "locked");
    assertEquals(await parts.checkpointer.run(), "failed");
    assertEquals(await parts.checkpointer.run(), "done");
    assertEquals(await assertRowsRight(kv), parts.ledger.journal.last);
  });
});

Deno.test("checkpoints of two processes at once leave right rows, whoever goes on", async () => {
  await inMemory(async (kv) => {
    const [a, b] = [partsOn(kv, { backoff: noWait }), partsOn(kv, { backoff: noWait })];
    await openAlice(a.ledger, 100_000);
    await openAlice(a.ledger, 1_000, BOB);
    for (let round = 0; round < 4; round++) {
      await bets(a, { count: 150, name: `a ${round}` });
      const first = a.checkpointer.run();
      await hold(b, `b ${round}`);
      await bets(b, { count: 150, name: `b ${round}` });
      const results = await Promise.all([first, b.checkpointer.run()]);
      for (const result of results) assert(result !== "failed", results.join(", "));
      await assertRowsRight(kv);
    }
    // With nobody in between, two looks are enough for one to be done and the other to know.
    for (const process of [a, b, a, b]) await process.checkpointer.run();
    assertEquals(await assertRowsRight(kv), a.ledger.journal.last);
    for (const { ledger } of [a, b]) {
      await assertExposures(ledger, await soundChain(ledger), await soundChain(ledger, BOB));
    }
  });
});

Deno.test("a checkpoint splits the entries of a busy account into runs that fit", async () => {
  await inMemory(async (kv) => {
    const parts = partsOn(kv);
    await openAlice(parts.ledger, 100_000);
    const chain = await longChain(parts, 900);
    assertEquals(await parts.checkpointer.run(), "done");
    const rows = await Array.fromAsync(
      kv.list<EntriesRow>({ prefix: keys.chainEntries(ALICE) }),
      ({ value }) => value.digests.length,
    );
    assertEquals(rows, [256, 256, 256, 134]);
    await assertRowsRight(kv);
    const { ledger } = partsOn(kv);
    for (const seq of [1, 201, 256, 257, 900, 902]) {
      assertEquals(await ledger.entry(ALICE, seq), chain[seq - 1]);
    }
    for (const before of [2, 199, 256, 257, 258, 401, 600, 903]) {
      for (const limit of [1, 150, 450]) {
        assertEquals(
          await ledger.history(ALICE, { before, limit }),
          chain.slice(0, before - 1).reverse().slice(0, limit),
          `${limit} before ${before}`,
        );
      }
    }
    assertEquals(await ledger.history(ALICE, { before: null, limit: 1_000 }), chain.toReversed());
  });
});

Deno.test("a process that starts on a long journal without a checkpoint knows all of it", async () => {
  await inMemory(async (kv) => {
    const first = partsOn(kv);
    await openAlice(first.ledger, 100_000);
    await openAlice(first.ledger, 1_000, BOB);
    for (let number = 0; number < 300; number++) {
      assertEquals((await first.place({ requestId: `${number}`, stakeMinor: 1 })).kind, "placed");
    }
    await hold(first, "pending");
    const next = partsOn(kv);
    const answer = await next.place({ requestId: "17", stakeMinor: 1 });
    assert(answer.kind === "placed" && answer.replayed);
    assertEquals(next.ledger.journal.tail.pages.length, 304);
    assertEquals(await soundChain(next.ledger), await soundChain(first.ledger));
    await next.drainer.wake();
    assertEquals(await next.checkpointer.run(), "done");
    assertEquals(await assertRowsRight(kv), 304);
    const chains = [await soundChain(next.ledger), await soundChain(next.ledger, BOB)];
    await assertLogged(next, ...chains);
    await assertExposures(partsOn(kv).ledger, ...chains);
  });
});

/** Places bets of 0.01 in one group. */
async function bets(
  parts: KvParts,
  { count, name }: { readonly count: number; readonly name: string },
): Promise<void> {
  const answers = await Promise.all(
    Array.from(
      { length: count },
      (_, number) => parts.place({ requestId: `${name} ${number}`, stakeMinor: 1 }),
    ),
  );
  for (const answer of answers) assertEquals(answer.kind, "placed");
}

/** A trader suspends the match and resumes it: what they are told. */
async function halt({ services }: KvParts): Promise<readonly MarketAnswer[]> {
  const by = { marketId: MATCH.id, actor: TRADER, atMs: NOON_MS };
  const answers: MarketAnswer[] = [];
  for (const type of ["suspend", "resume"] as const) {
    const change = { type, reason: null };
    answers.push(await services.changeMarket({ ...by, requestId: type, change }));
  }
  return answers;
}

/** Bob holds a stake, and gives up the one that he held before. */
async function hold(parts: KvParts, requestId: string): Promise<void> {
  const account = await parts.services.account(BOB);
  if (account?.hold) {
    const asked = { ...aRequest({ accountId: BOB, requestId: `void, ${requestId}` }) };
    const ended = await parts.services.voidHold({ ...asked, holdId: account.hold.id });
    assertEquals(ended.kind, "held");
  }
  const held = await parts.services.authoriseHold(aRequest({ accountId: BOB, requestId }));
  assertEquals(held.kind, "held");
}

/** Alice's chain after as many bets, written in groups of 100. */
async function longChain({ ledger }: KvParts, count: number): Promise<readonly AccountEntry[]> {
  const chain = [...await soundChain(ledger)];
  for (let start = 0; start < count; start += 100) {
    const group: AccountEntry[] = [];
    for (let number = start; number < start + 100; number++) {
      const newest = group.at(-1) ?? chain.at(-1);
      if (!newest) throw new Error("the account is not open");
      const bet = entryAfter(newest, aBet({ stakeMinor: 1 }), { requestId: `${number}` });
      group.push(bet);
    }
    const queries = group.map(({ answers }) => asks({ requestId: answers?.requestId ?? null }));
    const view = await ledger.view(queries, { fresh: false });
    assertEquals(await ledger.commit(view, group), "committed");
    chain.push(...group);
  }
  return chain;
}

import { assert, assertEquals } from "@std/assert";
import { aRequest, asks, openAlice } from "../app/bookmaker.ts";
import { assertExposures, assertLogged, soundChain } from "../app/invariants.ts";
import { faulty, type KvFate } from "../faults/faulty_kv.ts";
import { inMemory, type KvParts, partsOn } from "../faults/kv_home.ts";
import { aBet, ALICE, BOB, entryAfter, noWait } from "../given.ts";
import { assertRowsRight } from "./drawn_rows.ts";

const ON_HOME = { marketId: "match", selectionId: "home" };

/** Two processes on one database: each has its own memory and its own end of the journal. */
async function twoProcesses(
  run: (a: KvParts, b: KvParts, kv: Deno.Kv) => Promise<void>,
): Promise<void> {
  await inMemory(async (kv) => {
    const [a, b] = [partsOn(kv, { backoff: noWait }), partsOn(kv, { backoff: noWait })];
    await openAlice(a.ledger, 1_000);
    await openAlice(b.ledger, 1_000, BOB);
    await run(a, b, kv);
  });
}

/** Every process, and one that has just started, reads the same sound ledger; the log has all of it. */
async function assertAgreed(kv: Deno.Kv, ...processes: readonly KvParts[]): Promise<void> {
  const fresh = partsOn(kv);
  const chains = [await soundChain(fresh.ledger), await soundChain(fresh.ledger, BOB)] as const;
  assertEquals(await fresh.drainer.wake(), "empty");
  for (const process of [...processes, fresh]) {
    assertEquals(await soundChain(process.ledger), chains[0]);
    assertEquals(await soundChain(process.ledger, BOB), chains[1]);
    await assertExposures(process.ledger, ...chains);
    await assertLogged(process, ...chains);
  }
  await assertRowsRight(kv);
}

Deno.test("two processes that take turns each see what the other has written", async () => {
  await twoProcesses(async (a, b, kv) => {
    for (let round = 0; round < 6; round++) {
      const [one, other] = round % 2 === 0 ? [a, b] : [b, a];
      const requestId = `round ${round}`;
      const answer = await one.place({ requestId, stakeMinor: 10 });
      assert(answer.kind === "placed" && !answer.replayed);
      const found = await other.services.request(ALICE, requestId);
      assert(found?.event.type === "bet.placed");
      assertEquals(found.event.bet, answer.bet);
      assertEquals(await other.services.account(ALICE), answer.account);
      assertEquals(await other.services.exposures([ON_HOME]), [15 * (round + 1)]);
      assertEquals(await other.place({ requestId, stakeMinor: 10 }), { ...answer, replayed: true });
      if (round === 3) assertEquals(await one.checkpointer.run(), "done");
      await other.drainer.wake();
    }
    await assertAgreed(kv, a, b);
  });
});

for (const fresh of [false, true]) {
  Deno.test(`a view that another process overtakes is no longer committed, fresh or not: ${fresh}`, async () => {
    await twoProcesses(async (a, b, kv) => {
      const query = asks({ requestId: "mine", marketIds: ["match"], selections: [ON_HOME] });
      const view = await b.ledger.view([query], { fresh });
      const [, newest] = await soundChain(a.ledger);
      assert(newest);
      const mine = entryAfter(newest, aBet(), { requestId: "mine" });
      // Another account's entry is enough: the liability and the journal have moved.
      assertEquals((await a.services.placeBet(aRequest({ accountId: BOB }))).kind, "placed");
      assertEquals(await b.ledger.commit(view, [mine]), "conflict");
      // What was read in between does not make the old view good.
      await b.ledger.newest(ALICE);
      assertEquals(await b.ledger.commit(view, [mine]), "conflict");

      assertEquals((await b.place({ requestId: "mine" })).kind, "placed");
      assertEquals((await soundChain(a.ledger)).length, 3);
      await assertAgreed(kv, a, b);
    });
  });
}

Deno.test("the same request in two processes, the one stale, is decided once", async () => {
  await twoProcesses(async (a, b, kv) => {
    // Both know Alice, and b does not know of what a does next.
    await a.place({ requestId: "before" });
    await b.place({ requestId: "before" });
    const first = await a.place({ requestId: "same" });
    assert(first.kind === "placed");
    assertEquals(await b.place({ requestId: "same" }), { ...first, replayed: true });
    assertEquals(await b.place({ requestId: "same", stakeMinor: 101 }), { kind: "mismatch" });
    assertEquals((await soundChain(b.ledger)).length, 4);
    await assertAgreed(kv, a, b);
  });
});

Deno.test("a process that was away while the other checkpointed starts again from there", async () => {
  await twoProcesses(async (a, b, kv) => {
    for (const process of [a, b]) await process.place({ requestId: "seen by both" });
    for (let number = 0; number < 3; number++) await a.place({ requestId: `away ${number}` });
    assertEquals(await a.checkpointer.run(), "done");
    assertEquals(await a.checkpointer.run(), "nothing");
    assert(b.ledger.journal.last < a.ledger.journal.last, "b has not looked yet");

    const answer = await b.place({ requestId: "back", stakeMinor: 600 });
    assert(answer.kind === "placed");
    assertEquals(answer.account.balanceMinor, 0);
    assertEquals(b.ledger.journal.covered, a.ledger.journal.covered);
    assertEquals(b.ledger.journal.tail.size, 1);
    const again = await b.place({ requestId: "away 1" });
    assertEquals(again, await a.place({ requestId: "away 1" }));
    assert(again.kind === "placed" && again.replayed);
    await assertAgreed(kv, a, b);
  });
});

Deno.test("one that comes back, reads and bets at once numbers the journal's entries on", async () => {
  await twoProcesses(async (a, b, kv) => {
    await b.place({ requestId: "warm" });
    await a.place({ requestId: "away" });
    assertEquals(await a.checkpointer.run(), "done");
    // All at once, while b is starting again: those that read, and one that writes.
    const answers = await Promise.all([
      b.services.account(ALICE),
      b.place({ requestId: "at once" }),
      b.drainer.wake(),
      b.services.exposures([ON_HOME]),
      b.checkpointer.run(),
      b.services.placeBet(aRequest({ accountId: BOB, requestId: "at once" })),
    ]);
    assertEquals([answers[1].kind, answers[5].kind], ["placed", "placed"]);
    await assertAgreed(kv, a, b);
  });
});

Deno.test("an account that another process opened, and a market it offered, are there at once", async () => {
  await twoProcesses(async (a, b, kv) => {
    const late = "acc_late000000000000";
    const request = aRequest({ accountId: late });
    assertEquals(await b.services.account(late), null);
    await openAlice(a.ledger, 100, late);
    assertEquals((await b.services.placeBet(request)).kind, "placed");
    assertEquals((await a.services.account(late))?.balanceMinor, 0);
    const chains = [
      await soundChain(b.ledger),
      await soundChain(a.ledger, BOB),
      await soundChain(b.ledger, late),
    ];
    await b.drainer.wake();
    await assertLogged(a, ...chains);
    await assertExposures(a.ledger, ...chains);
    await assertRowsRight(kv);
  });
});

Deno.test("rows drawn from pages that a process has yet to read are not counted twice", async () => {
  await inMemory(async (kv) => {
    const coming: KvFate[] = [];
    const a = partsOn(faulty(kv, coming), { backoff: noWait });
    const b = partsOn(kv, { backoff: noWait });
    await openAlice(a.ledger, 1_000);
    await openAlice(a.ledger, 1_000, BOB);
    await b.ledger.journal.open();
    await a.place({ requestId: "unread" });
    coming.push("commits", "locked");
    assertEquals(await a.checkpointer.run(), "failed");

    // From memory, as the next bet sees it: the row is ahead of all that b has read.
    const query = asks({ requestId: "next", marketIds: ["match"], selections: [ON_HOME] });
    await b.ledger.view([query], { fresh: false });
    assertEquals((await b.place({ requestId: "next" })).kind, "placed");
    assertEquals(await b.services.exposures([ON_HOME]), [300]);
    await assertAgreed(kv, a, b);
  });
});

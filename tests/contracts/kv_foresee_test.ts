import { assert, assertEquals } from "@std/assert";
import type { AccountEntry } from "../../lib/domain/entry.ts";
import { type LedgerView, requestKey } from "../../lib/ports/ledger_store.ts";
import { asks, openAlice } from "../app/bookmaker.ts";
import { faulty, type KvFate } from "../faults/faulty_kv.ts";
import { inMemory, type KvParts, partsOn } from "../faults/kv_home.ts";
import { withReports } from "../faults/reports.ts";
import { aBet, ALICE, anAuthorisation, BOB, entryAfter, noWait, openedWith } from "../given.ts";

const HOME = { marketId: "match", selectionId: "home" };
const ABOUT_HOME = { marketIds: ["match"], selections: [HOME] };

Deno.test("foresee() sees accounts, answers, liabilities and holds as a commit in flight leaves them", async () => {
  await inMemory(async (kv) => {
    const parts = partsOn(kv, { backoff: noWait });
    const { bet, held, landed } = await send(parts);
    const hold = held.event.type === "hold.authorised" ? held.event.hold : null;
    assert(hold);
    const ahead = await parts.ledger.foresee([
      asks({ requestId: "bet", ...ABOUT_HOME }),
      asks({ accountId: BOB, requestId: "other", holdId: hold.id }),
    ]);
    assertEquals(await landed, "committed");
    assertAhead(ahead, { bet, held });
    // What it said stays so when the pages are known, and can be built on.
    const after = await parts.ledger.view(ahead?.queries ?? [], { fresh: true });
    assertEquals({ ...ahead, versions: null }, { ...after, versions: null });
    const next = entryAfter(bet, aBet(), { requestId: "next" });
    assertEquals(await parts.ledger.commit(ahead ?? after, [next]), "committed");
    assertEquals((await parts.ledger.newest(ALICE))?.seq, next.seq);
  });
});

for (const fate of ["throwsBefore", "throwsAfter", "locked", "resent"] as const) {
  Deno.test(`commit() on what was foreseen is a conflict when the flight ended with ${fate}`, async () => {
    await inMemory(async (kv) => {
      const fates: KvFate[] = [];
      const parts = partsOn(faulty(kv, fates), { backoff: noWait });
      await withReports(async () => {
        const { bet, landed } = await send(parts, () => fates.push(fate));
        const ahead = await parts.ledger.foresee([asks({ requestId: "next", ...ABOUT_HOME })]);
        assert(ahead);
        assert(await landed !== "committed");
        const next = entryAfter(bet, aBet(), { requestId: "next" });
        assertEquals(await parts.ledger.commit(ahead, [next]), "conflict");
        // Another process's page where the failed one was to stand makes it no better.
        const other = partsOn(kv, { backoff: noWait });
        await other.place({ requestId: "other" });
        await parts.ledger.newest(ALICE);
        assertEquals(await parts.ledger.commit(ahead, [next]), "conflict");
        assertEquals(await parts.ledger.answer(ALICE, "next"), null);
      });
    });
  });
}

Deno.test("foresee() answers nothing before the first commit, and what is so after a landing", async () => {
  await inMemory(async (kv) => {
    const parts = partsOn(kv, { backoff: noWait });
    const queries = [asks({ requestId: "next", ...ABOUT_HOME })];
    assertEquals(await parts.ledger.foresee(queries), null);
    const { bet, landed } = await send(parts);
    await landed;
    const ahead = await parts.ledger.foresee(queries);
    assertEquals(ahead?.newest.get(ALICE), { seq: bet.seq, state: bet.state });
    assertEquals(ahead?.exposures.get("match\nhome"), 300);
  });
});

/** Sends a commit of a bet of Alice's and a hold of Bob's, 1.50 of liability each, and does not wait. */
async function send(parts: KvParts, before: () => unknown = () => {}) {
  const { ledger } = parts;
  for (const accountId of [ALICE, BOB]) await openAlice(ledger, 1_000, accountId);
  const bet = entryAfter(openedWith(ALICE, 1_000)[1], aBet(), { requestId: "bet" });
  const held = entryAfter(openedWith(BOB, 1_000)[1], anAuthorisation(), { requestId: "hold" });
  const view = await ledger.view([
    asks({ requestId: "bet", ...ABOUT_HOME }),
    asks({ accountId: BOB, requestId: "hold", ...ABOUT_HOME }),
  ], { fresh: false });
  before();
  return { bet, held, landed: ledger.commit(view, [bet, held]) };
}

function assertAhead(
  ahead: LedgerView | null,
  { bet, held }: { readonly bet: AccountEntry; readonly held: AccountEntry },
): void {
  assert(ahead);
  assertEquals(ahead.newest.get(ALICE), { seq: bet.seq, state: bet.state });
  assertEquals(ahead.newest.get(BOB), { seq: held.seq, state: held.state });
  const request = requestKey(ALICE, "bet");
  assertEquals(ahead.answers.get(request), bet);
  assertEquals(ahead.exposures.get("match\nhome"), 300);
  assertEquals([...ahead.holds.values()].map(({ status }) => status), ["pending"]);
  // Bob's own hold brings its market along, although nobody asked for it.
  assertEquals([...ahead.markets.keys()], ["match"]);
}

import { assertEquals } from "@std/assert";
import type { Entry } from "../../lib/domain/entry.ts";
import type { LedgerQuery } from "../../lib/ports/ledger_store.ts";
import { aBet, ALICE, BOB, entryAfter, MATCH, NOON_MS, openedWith } from "../given.ts";
import { type Home, HOMES } from "./homes.ts";

const EVENT = {
  id: "derby",
  sport: "football",
  competition: "League",
  name: "Home v Away",
  startsAtMs: NOON_MS,
  marketIds: ["match"],
} as const;

for (const [name, open] of Object.entries(HOMES)) {
  const rule = (text: string, check: (home: Home) => Promise<void>) =>
    Deno.test(`LedgerStore on ${name}: ${text}`, async () => {
      const home = await open();
      try {
        await home.book.offer({ event: EVENT, markets: [MATCH] });
        await check(home);
      } finally {
        await home.close();
      }
    });

  rule("view() of what is not there is empty, and says so", async ({ ledger }) => {
    const view = await ledger.view(asks({ requestId: "r", marketIds: ["nowhere"] }));
    assertEquals([view.newest, view.answered, [...view.markets]], [null, null, []]);
  });

  rule("commit() stores a chain that view(), entry() and history() then read", async (home) => {
    const chain = await opened(home);
    const { ledger } = home;
    assertEquals((await ledger.view(asks({ marketIds: ["match"] }))).newest, chain[1]);
    assertEquals((await ledger.view(asks({ marketIds: ["match"] }))).markets.get("match"), MATCH);
    assertEquals(await ledger.newest(ALICE), chain[1]);
    assertEquals(await ledger.entry(ALICE, 1), chain[0]);
    assertEquals(await ledger.entry(ALICE, 3), null);
    assertEquals(await ledger.history(ALICE, { before: null, limit: 5 }), [chain[1], chain[0]]);
    assertEquals(await ledger.history(ALICE, { before: 2, limit: 5 }), [chain[0]]);
    assertEquals(await ledger.history(ALICE, { before: null, limit: 1 }), [chain[1]]);
  });

  rule("commit() answers conflict when the chain has grown since the view", async (home) => {
    const [, newest] = await opened(home);
    const { ledger } = home;
    const first = await ledger.view(asks({ requestId: "a", marketIds: ["match"] }));
    const second = await ledger.view(asks({ requestId: "b", marketIds: ["match"] }));
    const bet = entryAfter(newest, aBet(), { requestId: "a" });
    const other = entryAfter(newest, aBet({ stakeMinor: 7 }), { requestId: "b" });
    assertEquals(await ledger.commit(first, [bet]), "committed");
    assertEquals(await ledger.commit(second, [other]), "conflict");
    assertEquals(await ledger.newest(ALICE), bet);
    assertEquals(await ledger.answer(ALICE, "b"), null);
    assertEquals(await home.log.waiting(10), 3);
  });

  rule("commit() answers conflict when a market seen has changed, or come to be", async (home) => {
    const [, newest] = await opened(home);
    const { ledger, book } = home;
    const view = await ledger.view(asks({ requestId: "a", marketIds: ["later"] }));
    await book.offer({ event: EVENT, markets: [{ ...MATCH, id: "later" }] });
    const bet = entryAfter(newest, aBet(), { requestId: "a" });
    assertEquals(await ledger.commit(view, [bet]), "conflict");
    assertEquals(await ledger.newest(ALICE), newest);
  });

  rule("commit() lets one request id be answered once for each account", async (home) => {
    const [, newest] = await opened(home);
    const { ledger } = home;
    const before = await ledger.view(asks({ requestId: "same", marketIds: [] }));
    const bet = entryAfter(newest, aBet(), { requestId: "same" });
    assertEquals(await ledger.commit(before, [bet]), "committed");

    const after = await ledger.view(asks({ requestId: "same", marketIds: [] }));
    assertEquals(after.answered, bet);
    const again = entryAfter(bet, aBet(), { requestId: "same" });
    assertEquals(await ledger.commit(after, [again]), "conflict");
    assertEquals(await ledger.answer(ALICE, "same"), bet);
    assertEquals(await ledger.answer(BOB, "same"), null);
  });

  rule("newestSeqs() names every account once, with its newest number", async (home) => {
    await opened(home);
    const bobs = openedWith(BOB, 5);
    const view = await home.ledger.view({ ...asks({}), accountId: BOB });
    assertEquals(await home.ledger.commit(view, bobs.slice(0, 1)), "committed");
    const seqs = await Array.fromAsync(home.ledger.newestSeqs());
    assertEquals(
      new Map(seqs.map(({ accountId, seq }) => [accountId, seq])),
      new Map([[ALICE, 2], [BOB, 1]]),
    );
    assertEquals(seqs.length, 2);
  });

  rule("offer() leaves a market that is there as it is", async ({ ledger, book }) => {
    await book.offer({ event: { ...EVENT, name: "Renamed" }, markets: [{ ...MATCH, version: 8 }] });
    assertEquals((await book.event("derby"))?.event.name, "Renamed");
    assertEquals((await book.events())[0]?.markets, [MATCH]);
    assertEquals((await ledger.view(asks({ marketIds: ["match"] }))).markets.get("match"), MATCH);
  });

  rule("sessions are found by their digest until they are removed", async ({ sessions }) => {
    const session = {
      role: "player",
      accountId: ALICE,
      name: null,
      expiresAtMs: Date.now() + 60_000,
    } as const;
    await sessions.put("digest", session);
    assertEquals(await sessions.get("digest"), session);
    await sessions.remove("digest");
    assertEquals(await sessions.get("digest"), null);
  });
}

function asks(change: Partial<LedgerQuery>): LedgerQuery {
  return { accountId: ALICE, requestId: null, marketIds: [], ...change };
}

async function opened(home: Home): Promise<readonly [Entry, Entry]> {
  const chain = openedWith(ALICE, 1_000);
  const outcome = await home.ledger.commit(await home.ledger.view(asks({})), chain);
  assertEquals(outcome, "committed");
  return chain;
}

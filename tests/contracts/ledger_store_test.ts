import { assertEquals } from "@std/assert";
import type { AccountEntry } from "../../lib/domain/entry.ts";
import { asks } from "../app/bookmaker.ts";
import { aBet, ALICE, BOB, entryAfter, MATCH, openedWith } from "../given.ts";
import { commit, newestOf, opened } from "./committing.ts";
import { DERBY, type Home, HOMES } from "./homes.ts";
import { chainOf } from "../../lib/domain/chain.ts";
import { OFFERED } from "../market_entries.ts";

for (const [name, open] of Object.entries(HOMES)) {
  const rule = (text: string, check: (home: Home) => Promise<void>) =>
    Deno.test(`LedgerStore on ${name}: ${text}`, async () => {
      const home = await open();
      try {
        await home.put(MATCH);
        await home.book.offer(DERBY);
        await check(home);
      } finally {
        await home.close();
      }
    });

  for (const fresh of [false, true]) {
    rule(`view() of what is not there is empty, fresh or not: ${fresh}`, async ({ ledger }) => {
      const selections = [{ marketId: "match", selectionId: "home" }];
      const query = asks({
        requestId: "r",
        marketIds: ["nowhere"],
        selections,
        holdId: "hold_alice00000000000_3",
      });
      const view = await ledger.view([query], { fresh });
      assertEquals([...view.newest], [[ALICE, null]]);
      assertEquals([view.answers.size, view.markets.size, view.holds.size], [0, 0, 0]);
      assertEquals([...view.exposures.values()], [0]);
      assertEquals(view.queries, [query]);
    });
  }

  rule("commit() stores a chain that view(), entry() and history() then read", async (home) => {
    const [first, second] = await opened(home);
    const { ledger } = home;
    const query = asks({ marketIds: ["match"] });
    for (const fresh of [false, true]) {
      const view = await ledger.view([query], { fresh });
      assertEquals(view.newest.get(ALICE), newestOf(second));
      assertEquals(view.markets.get("match"), newestOf(OFFERED));
    }
    assertEquals(await ledger.newest(ALICE), newestOf(second));
    assertEquals(await ledger.newest(BOB), null);
    assertEquals(await ledger.entry(ALICE, 1), first);
    assertEquals(await ledger.entry(ALICE, 3), null);
    assertEquals(await ledger.entry(BOB, 1), null);
    assertEquals(await ledger.history(ALICE, { before: null, limit: 5 }), [second, first]);
    assertEquals(await ledger.history(ALICE, { before: 2, limit: 5 }), [first]);
    assertEquals(await ledger.history(ALICE, { before: null, limit: 1 }), [second]);
    assertEquals(await ledger.history(BOB, { before: null, limit: 1 }), []);
  });

  rule(
    "entry(), answer() and history() find all, whatever a checkpoint has drawn",
    async (home) => {
      const { ledger, checkpoint } = home;
      const chain: AccountEntry[] = [...await opened(home)];
      const grow = async (requestId: string) => {
        const bet = entryAfter(chain.at(-1)!, aBet({ stakeMinor: 1 }), { requestId });
        await commit(home, [bet]);
        chain.push(bet);
      };
      for (const phase of [1, 2, 3]) {
        if (phase > 1) await checkpoint();
        for (let number = 0; number < 3; number++) await grow(`phase ${phase}, bet ${number}`);
        const backwards = chain.toReversed();
        for (let before = 1; before <= chain.length + 1; before++) {
          for (const limit of [1, 2, 4, 100]) {
            assertEquals(
              await ledger.history(ALICE, { before, limit }),
              backwards.filter(({ seq }) => seq < before).slice(0, limit),
            );
          }
        }
        assertEquals(await ledger.history(ALICE, { before: null, limit: 100 }), backwards);
        for (const entry of chain) {
          assertEquals(await ledger.entry(ALICE, entry.seq), entry);
          const requestId = entry.answers?.requestId;
          if (requestId) assertEquals(await ledger.answer(ALICE, requestId), entry);
        }
        assertEquals(await ledger.entry(ALICE, chain.length + 1), null);
      }
    },
  );

  rule("chainEnds() names every account and market once, with its newest number", async (home) => {
    const [, alices] = await opened(home);
    await home.checkpoint();
    await commit(home, openedWith(BOB, 5).slice(0, 1));
    await commit(home, [entryAfter(alices, aBet(), { requestId: "a" })]);
    await home.put({ ...MATCH, status: "suspended" });
    const ends = await Array.fromAsync(home.ledger.chainEnds());
    assertEquals(
      new Map(ends.map((end) => [chainOf(end), end])),
      new Map([
        [ALICE, { accountId: ALICE, seq: 3 }],
        [BOB, { accountId: BOB, seq: 1 }],
        ["market:match", { marketId: "match", seq: 2 }],
      ]),
    );
    assertEquals(ends.length, 3);
  });

  rule("fits() takes at least one query, and no more than there are", ({ ledger }) => {
    const queries = [1, 2, 3].map((number) => asks({ requestId: `${number}` }));
    assertEquals([ledger.fits(queries), ledger.fits(queries.slice(0, 1))], [3, 1]);
    return Promise.resolve();
  });
}

import { assertEquals } from "@std/assert";
import { requestKey } from "../../lib/ports/ledger_store.ts";
import { asks } from "../app/bookmaker.ts";
import { aBet, ALICE, BOB, entryAfter, MATCH } from "../given.ts";
import { commit, newestOf, opened } from "./committing.ts";
import { DERBY, type Home, HOMES } from "./homes.ts";

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

  rule(
    "view() sees what several queries need at once, and commit() writes for all",
    async (home) => {
      const [, alices] = await opened(home);
      const [, bobs] = await opened(home, BOB);
      const { ledger } = home;
      const selections = [{ marketId: "match", selectionId: "home" }];
      const book = { marketIds: ["match"], selections };
      const queries = [
        asks({ requestId: "a", ...book }),
        asks({ accountId: BOB, requestId: "a", ...book }),
        asks({ requestId: "b", ...book }),
      ];
      const view = await ledger.view(queries, { fresh: false });
      assertEquals(
        new Map(view.newest),
        new Map([[ALICE, newestOf(alices)], [BOB, newestOf(bobs)]]),
      );
      const first = entryAfter(alices, aBet(), { requestId: "a" });
      const bob = entryAfter(bobs, aBet(), { requestId: "a" });
      const second = entryAfter(first, aBet(), { requestId: "b" });
      assertEquals(await ledger.commit(view, [first, bob, second]), "committed");

      assertEquals(await ledger.newest(ALICE), newestOf(second));
      assertEquals(await ledger.newest(BOB), newestOf(bob));
      assertEquals(await ledger.answer(ALICE, "a"), first);
      assertEquals(await ledger.answer(BOB, "a"), bob);
      assertEquals(await ledger.answer(BOB, "b"), null);
      assertEquals(await ledger.exposures(selections), [450]);
      assertEquals(await home.log.waiting(10), 8);
    },
  );

  rule(
    "commit() answers conflict when one chain of the view has grown, and writes none",
    async (home) => {
      const [, alices] = await opened(home);
      const [, bobs] = await opened(home, BOB);
      const { ledger } = home;
      const both = [asks({ requestId: "a" }), asks({ accountId: BOB, requestId: "b" })];
      const view = await ledger.view(both, { fresh: true });
      const other = entryAfter(bobs, aBet({ stakeMinor: 7 }), { requestId: "other" });
      await commit(home, [other]);

      const alice = entryAfter(alices, aBet(), { requestId: "a" });
      const bob = entryAfter(bobs, aBet(), { requestId: "b" });
      assertEquals(await ledger.commit(view, [alice, bob]), "conflict");
      assertEquals(await ledger.newest(ALICE), newestOf(alices));
      assertEquals(await ledger.newest(BOB), newestOf(other));
      assertEquals([await ledger.answer(ALICE, "a"), await ledger.answer(BOB, "b")], [null, null]);
      assertEquals(await ledger.exposures([{ marketId: "match", selectionId: "home" }]), [10]);
      assertEquals(await home.log.waiting(10), 6);
    },
  );

  rule("commit() answers conflict when a market seen has come to be", async (home) => {
    const [, newest] = await opened(home);
    const view = await home.ledger.view([asks({ requestId: "a", marketIds: ["later"] })], {
      fresh: false,
    });
    await home.put({ ...MATCH, id: "later" });
    const bet = entryAfter(newest, aBet(), { requestId: "a" });
    assertEquals(await home.ledger.commit(view, [bet]), "conflict");
    assertEquals(await home.ledger.newest(ALICE), newestOf(newest));
  });

  rule(
    "commit() answers conflict when a market seen has changed; the next view sees it",
    async (home) => {
      const [, newest] = await opened(home);
      const { ledger } = home;
      const query = asks({ requestId: "a", marketIds: ["match"] });
      const view = await ledger.view([query], { fresh: false });
      const moved = { ...MATCH, version: 2, status: "suspended" } as const;
      await home.put(moved);
      const bet = entryAfter(newest, aBet(), { requestId: "a" });
      assertEquals(await ledger.commit(view, [bet]), "conflict");
      assertEquals(
        (await ledger.view([query], { fresh: true })).markets.get("match")?.state,
        moved,
      );
      assertEquals(await ledger.newest(ALICE), newestOf(newest));
    },
  );

  for (const fresh of [false, true]) {
    rule(
      `a request is answered once for each account, however it is viewed: ${fresh}`,
      async (home) => {
        const [, newest] = await opened(home);
        const { ledger } = home;
        const bet = entryAfter(newest, aBet(), { requestId: "same" });
        await commit(home, [bet]);

        const view = await ledger.view([asks({ requestId: "same" })], { fresh });
        const known = view.answers.get(requestKey(ALICE, "same"));
        if (fresh) assertEquals(known, bet);
        // Who has not looked it up must find out by the commit.
        const again = entryAfter(bet, aBet(), { requestId: "same" });
        if (!known) assertEquals(await ledger.commit(view, [again]), "conflict");
        else assertEquals(known, bet);
        assertEquals(await ledger.answer(ALICE, "same"), bet);
        assertEquals(await ledger.answer(BOB, "same"), null);
        assertEquals((await ledger.newest(ALICE))?.seq, 3);
      },
    );
  }

  rule("commit() answers conflict when a request of the view was answered since", async (home) => {
    const [, newest] = await opened(home);
    const { ledger } = home;
    const before = await ledger.view([asks({ requestId: "same" })], { fresh: true });
    const bet = entryAfter(newest, aBet(), { requestId: "same" });
    await commit(home, [bet]);
    const again = entryAfter(bet, aBet(), { requestId: "same" });
    assertEquals(await ledger.commit(before, [again]), "conflict");
    assertEquals(await ledger.answer(ALICE, "same"), bet);
  });
}

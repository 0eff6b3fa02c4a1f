import { assertEquals } from "@std/assert";
import type { Entry } from "../../lib/domain/entry.ts";
import { requestKey } from "../../lib/ports/ledger_store.ts";
import { asks } from "../app/bookmaker.ts";
import { aBet, ALICE, BOB, entryAfter, MATCH, openedWith } from "../given.ts";
import { DERBY, type Home, HOMES } from "./homes.ts";

for (const [name, open] of Object.entries(HOMES)) {
  const rule = (text: string, check: (home: Home) => Promise<void>) =>
    Deno.test(`LedgerStore on ${name}: ${text}`, async () => {
      const home = await open();
      try {
        await home.book.offer({ event: DERBY, markets: [MATCH] });
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
      assertEquals(view.markets.get("match"), MATCH);
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
      assertEquals(await home.log.waiting(10), 7);
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
      assertEquals(await home.log.waiting(10), 5);
    },
  );

  rule("commit() answers conflict when a market seen has come to be", async (home) => {
    const [, newest] = await opened(home);
    const view = await home.ledger.view([asks({ requestId: "a", marketIds: ["later"] })], {
      fresh: false,
    });
    await home.book.offer({ event: DERBY, markets: [{ ...MATCH, id: "later" }] });
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
      const moved = { ...MATCH, version: 8, status: "suspended" } as const;
      await home.put(moved);
      const bet = entryAfter(newest, aBet(), { requestId: "a" });
      assertEquals(await ledger.commit(view, [bet]), "conflict");
      assertEquals((await ledger.view([query], { fresh: true })).markets.get("match"), moved);
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
        const known = view.answers.get(requestKey({ accountId: ALICE, requestId: "same" }));
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

  rule(
    "entry(), answer() and history() find all, whatever a checkpoint has drawn",
    async (home) => {
      const { ledger, checkpoint } = home;
      const chain: Entry[] = [...await opened(home)];
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

  rule("newestSeqs() names every account once, with its newest number", async (home) => {
    const [, alices] = await opened(home);
    await home.checkpoint();
    await commit(home, openedWith(BOB, 5).slice(0, 1));
    await commit(home, [entryAfter(alices, aBet(), { requestId: "a" })]);
    const seqs = await Array.fromAsync(home.ledger.newestSeqs());
    assertEquals(
      new Map(seqs.map(({ accountId, seq }) => [accountId, seq])),
      new Map([[ALICE, 3], [BOB, 1]]),
    );
    assertEquals(seqs.length, 2);
  });

  rule("fits() takes at least one query, and no more than there are", async ({ ledger }) => {
    const queries = [1, 2, 3].map((number) => asks({ requestId: `${number}` }));
    assertEquals([ledger.fits(queries), ledger.fits(queries.slice(0, 1))], [3, 1]);
    await ledger.warm(queries);
    assertEquals(ledger.fits(queries), 3);
  });

  rule("offer() leaves a market that is there as it is", async ({ ledger, book }) => {
    await book.offer({ event: { ...DERBY, name: "Renamed" }, markets: [{ ...MATCH, version: 8 }] });
    assertEquals((await book.event("derby"))?.event.name, "Renamed");
    assertEquals((await book.events())[0]?.markets, [MATCH]);
    const view = await ledger.view([asks({ marketIds: ["match"] })], { fresh: false });
    assertEquals(view.markets.get("match"), MATCH);
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

function newestOf({ seq, state }: Entry) {
  return { seq, state };
}

async function opened(home: Home, accountId = ALICE): Promise<readonly [Entry, Entry]> {
  const chain = openedWith(accountId, 1_000);
  await commit(home, chain);
  return chain;
}

/** Commits entries of one account, asking for the request that the last of them answers. */
async function commit({ ledger }: Home, entries: readonly Entry[]): Promise<void> {
  const last = entries.at(-1);
  if (!last) throw new Error("nothing to commit");
  const query = asks({ accountId: last.accountId, requestId: last.answers?.requestId ?? null });
  const view = await ledger.view([query], { fresh: true });
  assertEquals(await ledger.commit(view, entries), "committed");
}

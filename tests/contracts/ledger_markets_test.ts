import { assertEquals } from "@std/assert";
import { chainOf } from "../../lib/domain/chain.ts";
import type { Entry, MarketEntry } from "../../lib/domain/entry.ts";
import { requestKey } from "../../lib/ports/ledger_store.ts";
import { asks } from "../app/bookmaker.ts";
import { aBet, ALICE, entryAfter, MATCH } from "../given.ts";
import { changeAfter, OFFERED, SUSPEND } from "../market_entries.ts";
import { newestOf, opened } from "./committing.ts";
import { DERBY, type Home, HOMES } from "./homes.ts";

const MARKET = chainOf({ marketId: "match" });
const RESUME = { type: "resume", reason: null } as const;

const aboutMarket = (requestId: string | null = null) => ({ marketId: "match", requestId });

/** Commits one entry of the market, asking for the request that it answers; answers it. */
async function change({ ledger }: Home, entry: MarketEntry): Promise<MarketEntry> {
  const query = aboutMarket(entry.answers?.requestId ?? null);
  const view = await ledger.view([query], { fresh: true });
  assertEquals(await ledger.commit(view, [entry]), "committed");
  return entry;
}

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

  rule("a market's chain is read as an account's is", async (home) => {
    const { ledger, checkpoint } = home;
    const suspended = await change(home, changeAfter(OFFERED, SUSPEND, "a"));
    await checkpoint();
    const resumed = await change(home, changeAfter(suspended, RESUME, "b"));
    const chain: readonly Entry[] = [OFFERED, suspended, resumed];
    for (const when of ["before a checkpoint", "after one"]) {
      if (when === "after one") await checkpoint();
      assertEquals(await ledger.markets(["match", "nope"]), [newestOf(resumed), null]);
      assertEquals(await ledger.history(MARKET, { before: null, limit: 9 }), chain.toReversed());
      assertEquals(await ledger.history(MARKET, { before: 3, limit: 1 }), [suspended]);
      for (const entry of chain) assertEquals(await ledger.entry(MARKET, entry.seq), entry);
      assertEquals(await ledger.entry(MARKET, 4), null);
      assertEquals(await ledger.answer(MARKET, "a"), suspended);
      assertEquals(await ledger.answer(MARKET, "c"), null);
      assertEquals(await ledger.answer(ALICE, "a"), null);
      // The market's own name is no chain's: only `chainOf` knows what is.
      assertEquals(await ledger.entry("match", 1), null);
    }
  });

  for (const fresh of [false, true]) {
    rule(`view() shows a market and the answer to its request, fresh: ${fresh}`, async (home) => {
      const { ledger, checkpoint } = home;
      const suspended = await change(home, changeAfter(OFFERED, SUSPEND, "a"));
      for (const when of ["before a checkpoint", "after one"]) {
        if (when === "after one") await checkpoint();
        const queries = [aboutMarket("a"), aboutMarket("b"), { marketId: "nope", requestId: "a" }];
        const view = await ledger.view(queries, { fresh });
        assertEquals([...view.markets], [["match", newestOf(suspended)]]);
        assertEquals([...view.answers], [[requestKey(MARKET, "a"), suspended]]);
        assertEquals([view.newest.size, view.exposures.size, view.holds.size], [0, 0, 0]);
        assertEquals(view.queries, queries);
      }
    });

    rule(
      `of a bet and a suspension, the one committed second is a conflict, fresh: ${fresh}`,
      async (home) => {
        const { ledger } = home;
        const [, alices] = await opened(home);
        const aboutBet = asks({ requestId: "bet", marketIds: ["match"] });
        const bet = entryAfter(alices, aBet(), { requestId: "bet" });
        const suspended = changeAfter(OFFERED, SUSPEND, "suspend");

        const betView = await ledger.view([aboutBet], { fresh });
        const marketView = await ledger.view([aboutMarket("suspend")], { fresh });
        assertEquals(await ledger.commit(marketView, [suspended]), "committed");
        assertEquals(await ledger.commit(betView, [bet]), "conflict");
        assertEquals(await ledger.newest(ALICE), newestOf(alices));
        const seen = await ledger.view([aboutBet], { fresh: true });
        assertEquals(seen.markets.get("match"), newestOf(suspended));
      },
    );
  }

  rule("a bet and a change of its market are committed as one, in their order", async (home) => {
    const { ledger, log } = home;
    const [, alices] = await opened(home);
    const queries = [asks({ requestId: "bet", marketIds: ["match"] }), aboutMarket("suspend")];
    const view = await ledger.view(queries, { fresh: false });
    const bet = entryAfter(alices, aBet(), { requestId: "bet" });
    const suspended = changeAfter(OFFERED, SUSPEND, "suspend");
    assertEquals(await ledger.commit(view, [bet, suspended]), "committed");
    assertEquals(await ledger.answer(ALICE, "bet"), bet);
    assertEquals(await ledger.answer(MARKET, "suspend"), suspended);
    const { drafts } = await log.pending(10);
    assertEquals(drafts.map(({ type }) => type), [
      "market.opened",
      "account.opened",
      "deposit.accepted",
      "bet.placed",
      "market.suspended",
    ]);
  });

  rule(
    "commit() answers conflict when the market has changed, or its request was answered",
    async (home) => {
      const { ledger } = home;
      const view = await ledger.view([aboutMarket("same")], { fresh: true });
      const first = await change(home, changeAfter(OFFERED, SUSPEND, "same"));
      assertEquals(await ledger.commit(view, [changeAfter(OFFERED, RESUME, "same")]), "conflict");
      assertEquals(await ledger.commit(view, [changeAfter(first, RESUME, "same")]), "conflict");
      assertEquals(await ledger.answer(MARKET, "same"), first);
      assertEquals(await ledger.markets(["match"]), [newestOf(first)]);
    },
  );

  rule("commit() answers conflict when the market to be opened has come to be", async (home) => {
    const { ledger } = home;
    const query = { marketId: "later", requestId: null };
    const view = await ledger.view([query], { fresh: false });
    assertEquals(view.markets.size, 0);
    await home.put({ ...MATCH, id: "later" });
    const again = changeAfter({ ...OFFERED, state: { ...MATCH, id: "later" } }, SUSPEND);
    assertEquals(await ledger.commit(view, [{ ...again, seq: 1 }]), "conflict");
    assertEquals((await ledger.markets(["later"]))[0]?.seq, 1);
  });
}

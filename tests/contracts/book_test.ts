import { assertEquals } from "@std/assert";
import { withLimits } from "../../lib/domain/limits.ts";
import type { MarketState } from "../../lib/domain/market.ts";
import { ALICE, MATCH, NOON_MS, openedWith } from "../given.ts";
import { type Home, HOMES } from "./homes.ts";

const EVENT = {
  id: "derby",
  sport: "football",
  competition: "League",
  name: "Home v Away",
  startsAtMs: NOON_MS,
  marketIds: ["match"],
} as const;

function capped(liabilityCapMinor: number): (market: MarketState) => MarketState {
  return (market) => withLimits(market, [{ selectionId: "home", liabilityCapMinor }]);
}

for (const [name, open] of Object.entries(HOMES)) {
  const rule = (text: string, check: (home: Home) => Promise<void>) =>
    Deno.test(`Book on ${name}: ${text}`, async () => {
      const home = await open();
      try {
        await home.book.offer({ event: EVENT, markets: [MATCH] });
        await check(home);
      } finally {
        await home.close();
      }
    });

  rule("changeMarket() puts the changed market in its place", async ({ book }) => {
    const market = capped(5)(MATCH);
    assertEquals(await book.changeMarket("match", capped(5)), { outcome: "committed", market });
    assertEquals(await book.market("match"), market);
    assertEquals((await book.event("derby"))?.markets, [market]);
  });

  rule("changeMarket() writes nothing when the change changes nothing", async ({ book }) => {
    const changed = await book.changeMarket("match", (market) => market);
    assertEquals(changed, { outcome: "committed", market: MATCH });
  });

  rule("changeMarket() and market() know what is not there", async ({ book }) => {
    assertEquals(await book.changeMarket("nope", capped(5)), { outcome: "absent" });
    assertEquals(await book.market("nope"), null);
  });

  rule(
    "changeMarket() at once: each is stored or answers conflict, and none is lost",
    async ({ book }) => {
      const changes = await Promise.all(
        Array.from({ length: 8 }, (_, index) => book.changeMarket("match", capped(index))),
      );
      const stored = changes.filter(({ outcome }) => outcome === "committed").length;
      const others = changes.filter(({ outcome }) => outcome !== "committed");
      assertEquals(
        others.every(({ outcome }) => outcome === "conflict" || outcome === "busy"),
        true,
      );
      assertEquals((await book.market("match"))?.version, MATCH.version + stored);
    },
  );

  rule("a decision that saw the market before its change cannot be committed", async (home) => {
    const asked = {
      accountId: ALICE,
      requestId: null,
      marketIds: ["match"],
      selections: [],
      holdId: null,
    };
    const view = await home.ledger.view([asked], { fresh: true });
    assertEquals(view.markets.get("match"), MATCH);
    await home.book.changeMarket("match", capped(5));
    assertEquals(await home.ledger.commit(view, openedWith(ALICE, 100)), "conflict");
    const fresh = await home.ledger.view([asked], { fresh: true });
    assertEquals(fresh.markets.get("match"), capped(5)(MATCH));
    assertEquals(await home.ledger.commit(fresh, openedWith(ALICE, 100)), "committed");
  });
}

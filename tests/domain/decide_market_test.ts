import { assertEquals, assertThrows } from "@std/assert";
import { decideMarket } from "../../lib/domain/decide_market.ts";
import type { MarketState } from "../../lib/domain/market.ts";
import type { MarketChange } from "../../lib/domain/market_commands.ts";
import type { MarketRefusal } from "../../lib/domain/market_refusals.ts";
import { MATCH } from "../given.ts";

const SUSPENDED: MarketState = { ...MATCH, status: "suspended" };
const CLOSED: MarketState = { ...MATCH, status: "closed" };

const by = { reason: "why", postings: [] } as const;

function limits(...named: readonly (readonly [string, number])[]): MarketChange {
  const list = named.map(([selectionId, liabilityCapMinor]) => ({
    selectionId,
    liabilityCapMinor,
  }));
  return { type: "set_limits", limits: list, reason: "why" };
}

function prices(...named: readonly (readonly [string, number, number])[]): MarketChange {
  const list = named.map(([selectionId, num, den]) => ({ selectionId, price: { num, den } }));
  return { type: "set_prices", prices: list, reason: "why" };
}

const status = (type: "suspend" | "resume" | "close"): MarketChange => ({ type, reason: "why" });

Deno.test("decideMarket() opens a market that is not there", () => {
  const { eventId, name, selections } = MATCH;
  const offered = { eventId, name, selections, reason: null };
  assertEquals(decideMarket(null, { type: "open", ...offered }), {
    type: "market.opened",
    ...offered,
    postings: [],
  });
  assertThrows(() => decideMarket(MATCH, { type: "open", ...offered }), Error, "there already");
});

Deno.test("decideMarket() throws for a market that is not there", () => {
  assertThrows(() => decideMarket(null, status("suspend")), Error, "not there");
});

const CHANGES: readonly (readonly [MarketState, MarketChange, string])[] = [
  [MATCH, limits(["home", 5]), "market.limits_set"],
  [SUSPENDED, limits(["home", 0], ["away", 100_000_000]), "market.limits_set"],
  [MATCH, prices(["away", 2, 1]), "market.prices_set"],
  [SUSPENDED, prices(["away", 2, 1]), "market.prices_set"],
  [MATCH, status("suspend"), "market.suspended"],
  [SUSPENDED, status("resume"), "market.resumed"],
  [MATCH, status("close"), "market.closed"],
  [SUSPENDED, status("close"), "market.closed"],
];

for (const [market, change, type] of CHANGES) {
  Deno.test(`decideMarket() makes ${change.type} of an ${market.status} market ${type}`, () => {
    const { type: _, reason: __, ...named } = change;
    assertEquals<unknown>(decideMarket(market, change), { type, ...named, ...by });
  });
}

const ALREADY_SO: readonly (readonly [MarketState, MarketChange])[] = [
  [MATCH, limits(["home", 100_000_000])],
  [MATCH, limits(["home", 100_000_000], ["away", 100_000_000])],
  [MATCH, prices(["home", 5, 2])],
  [MATCH, prices(["home", 10, 4], ["away", 21, 11])],
  [SUSPENDED, status("suspend")],
  [MATCH, status("resume")],
  [CLOSED, status("close")],
];

for (const [market, change] of ALREADY_SO) {
  const { reason: _, ...asked } = change;
  Deno.test(`decideMarket() changes nothing by ${JSON.stringify(asked)} when it is so`, () => {
    assertEquals<unknown>(decideMarket(market, change), { type: "market.unchanged", asked, ...by });
  });
}

const REFUSED: readonly (readonly [MarketState, MarketChange, MarketRefusal])[] = [
  [CLOSED, status("suspend"), { kind: "market_closed" }],
  [CLOSED, status("resume"), { kind: "market_closed" }],
  [CLOSED, limits(["home", 5]), { kind: "market_closed" }],
  [CLOSED, limits(["home", 100_000_000]), { kind: "market_closed" }],
  [CLOSED, prices(["nobody", 2, 1]), { kind: "market_closed" }],
  [
    MATCH,
    limits(["home", 5], ["nobody", 1], ["draw", 1]),
    { kind: "selection_unknown", selectionId: "nobody", index: 1 },
  ],
  [
    SUSPENDED,
    prices(["draw", 2, 1]),
    { kind: "selection_unknown", selectionId: "draw", index: 0 },
  ],
];

for (const [market, change, refusal] of REFUSED) {
  const { reason: _, ...asked } = change;
  Deno.test(`decideMarket() refuses ${JSON.stringify(asked)} of an ${market.status} market with ${refusal.kind}`, () => {
    assertEquals<unknown>(decideMarket(market, change), {
      type: "market.refused",
      asked,
      refusal,
      ...by,
    });
  });
}

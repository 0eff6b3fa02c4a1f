import { assertEquals } from "@std/assert";
import type { PriceChange } from "../../lib/domain/bet.ts";
import type { MarketState } from "../../lib/domain/market.ts";
import type { Price } from "../../lib/domain/price.ts";
import { reserve } from "../../lib/domain/reserve.ts";
import { MATCH } from "../given.ts";

const QUOTED = { marketId: "match", selectionId: "home", price: { num: 5, den: 2 } };
const UP = { num: 13, den: 5 };
const DOWN = { num: 12, den: 5 };

function asked(priceChange: PriceChange = "none", leg = 0) {
  return { quoted: QUOTED, leg, priceChange };
}

/** The match with "home" at another price, one version on. */
function movedTo(price: Price): MarketState {
  const selections = MATCH.selections.map((selection) =>
    selection.id === "home" ? { ...selection, price } : selection
  );
  return { ...MATCH, version: MATCH.version + 1, selections };
}

for (const priceChange of ["none", "higher", "any"] as const) {
  Deno.test(`reserve() accepts the price as quoted, with the version, under ${priceChange}`, () => {
    assertEquals(reserve(MATCH, asked(priceChange)), {
      ok: true,
      value: { ...QUOTED, marketVersion: 1 },
    });
  });
}

const MOVES: readonly [PriceChange, string, Price, "accepts" | "refuses"][] = [
  ["none", "up", UP, "refuses"],
  ["none", "down", DOWN, "refuses"],
  ["higher", "up", UP, "accepts"],
  ["higher", "down", DOWN, "refuses"],
  ["any", "up", UP, "accepts"],
  ["any", "down", DOWN, "accepts"],
];

for (const [priceChange, direction, price, outcome] of MOVES) {
  Deno.test(`reserve() ${outcome} a price that moved ${direction} under ${priceChange}`, () => {
    const decision = reserve(movedTo(price), asked(priceChange, 2));
    const { marketId, selectionId } = QUOTED;
    const value = { marketId, selectionId, price, marketVersion: 2 };
    const refusal = {
      kind: "price_changed",
      marketId,
      selectionId,
      leg: 2,
      quotedPrice: QUOTED.price,
      currentPrice: price,
    };
    assertEquals<unknown>(
      decision,
      outcome === "accepts" ? { ok: true, value } : { ok: false, refusal },
    );
  });
}

Deno.test("reserve() takes equal ratios for equal prices, whatever their terms", () => {
  const quoted = { ...QUOTED, price: { num: 10, den: 4 } };
  const decision = reserve(MATCH, { quoted, leg: 0, priceChange: "none" });
  assertEquals(decision.ok && decision.value.price, { num: 5, den: 2 });
});

for (const status of ["suspended", "closed"] as const) {
  for (const priceChange of ["none", "any"] as const) {
    Deno.test(`reserve() refuses market_${status}, at any price, under ${priceChange}`, () => {
      assertEquals(reserve({ ...movedTo(UP), status }, asked(priceChange, 1)), {
        ok: false,
        refusal: { kind: `market_${status}`, marketId: "match", leg: 1 },
      });
    });
  }
}

Deno.test("reserve() refuses selection_unknown without the market, and without the selection", () => {
  const refusal = {
    kind: "selection_unknown",
    marketId: "match",
    selectionId: "home",
    leg: 0,
  } as const;
  assertEquals(reserve(undefined, asked()), { ok: false, refusal });
  assertEquals(reserve({ ...MATCH, selections: [] }, asked()), { ok: false, refusal });
});

Deno.test("reserve() refuses selection_unknown also on a market that is closed", () => {
  const closed: MarketState = { ...MATCH, status: "closed", selections: [] };
  const decision = reserve(closed, asked());
  assertEquals(!decision.ok && decision.refusal.kind, "selection_unknown");
});

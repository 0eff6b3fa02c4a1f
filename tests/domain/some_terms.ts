import { assert } from "@std/assert";
import type { LegResult } from "../../lib/domain/bet_returns.ts";
import type { BetTerms, PlaceFraction, PricedLeg } from "../../lib/domain/bet_terms.ts";
import type { LegOutcome } from "../../lib/domain/leg_outcome.ts";
import { MAX_AMOUNT_MINOR } from "../../lib/domain/money.ts";
import { parsePrice, type Price } from "../../lib/domain/price.ts";

/** A price from its text, which must be one. */
export function priced(text: string): Price {
  const price = parsePrice(text);
  assert(price, text);
  return price;
}

/** A leg at a price that pays places at a quarter of the odds, unless told otherwise. */
export function legAt(
  price: string,
  placeFraction: PlaceFraction | null = { num: 1, den: 4 },
): PricedLeg {
  return { price: priced(price), placeFraction };
}

/** An accumulator of 1.00 at these prices, to win, rounded down, with whatever the test changes. */
export function termsAt(prices: readonly string[], change: Partial<BetTerms> = {}): BetTerms {
  return {
    type: { kind: "accumulator" },
    legs: prices.map((price) => legAt(price)),
    eachWay: false,
    unitStakeMinor: 100,
    rounding: "floor",
    maxPayoutMinor: MAX_AMOUNT_MINOR,
    ...change,
  };
}

/** The results of legs that were backed to win; null for what is not known yet. */
export function toWin(...outcomes: readonly (LegOutcome | null)[]): readonly LegResult[] {
  return outcomes.map((win) => ({ win, place: null }));
}

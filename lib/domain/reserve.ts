import type { Leg, PriceChange, QuotedLeg } from "./bet.ts";
import type { MarketState } from "./market.ts";
import { comparePrices, type Price } from "./price.ts";
import { accept, type Decision, refuse } from "./refusals.ts";

/**
 * The market's half of placing a bet: is it open, and at the price the customer agreed to? Accepts
 * with the leg at the market's current price and version.
 */
export function reserve(
  market: MarketState | undefined,
  asked: {
    readonly quoted: QuotedLeg;
    /** Position of the leg in the request, from 0, so that a refusal can point at it. */
    readonly leg: number;
    readonly priceChange: PriceChange;
  },
): Decision<Leg> {
  const { quoted, leg, priceChange } = asked;
  const { marketId, selectionId } = quoted;
  const selection = market?.selections.find((candidate) => candidate.id === selectionId);
  if (!market || !selection) {
    return refuse({ kind: "selection_unknown", marketId, selectionId, leg });
  }
  if (market.status === "closed") return refuse({ kind: "market_closed", marketId, leg });
  if (market.status === "suspended") return refuse({ kind: "market_suspended", marketId, leg });

  const current = selection.price;
  if (!agreed(quoted.price, current, priceChange)) {
    return refuse({
      kind: "price_changed",
      marketId,
      selectionId,
      leg,
      quotedPrice: quoted.price,
      currentPrice: current,
    });
  }
  return accept({ marketId, selectionId, price: current, marketVersion: market.version });
}

function agreed(quoted: Price, current: Price, priceChange: PriceChange): boolean {
  const movement = comparePrices(current, quoted);
  switch (priceChange) {
    case "none":
      return movement === 0;
    case "higher":
      return movement >= 0;
    case "any":
      return true;
  }
}

import { rankingOf, strongestBy } from "./precedence.ts";

/** Every expected "no" to a change of a market. `index` is a place in the request, from 0. */
export type MarketRefusal =
  | { readonly kind: "market_closed" }
  | {
    readonly kind: "selection_unknown";
    readonly selectionId: string;
    readonly index: number;
  };

/** The order in which refusals win when several hold at once: what nothing can mend comes first. */
export const MARKET_REFUSAL_PRECEDENCE = rankingOf<MarketRefusal["kind"]>()([
  "market_closed",
  "selection_unknown",
]);

/** The refusal that is answered; of two of one kind, the earlier in the list. Null for none. */
export function strongestMarketRefusal(refusals: readonly MarketRefusal[]): MarketRefusal | null {
  return strongestBy(MARKET_REFUSAL_PRECEDENCE, refusals);
}

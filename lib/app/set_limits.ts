import { type LiabilityLimit, withLimits } from "../domain/limits.ts";
import type { MarketState } from "../domain/market.ts";
import type { Book } from "../ports/book.ts";
import type { Backoff } from "../ports/surroundings.ts";
import type { Policy } from "./policy.ts";

/** New caps for some selections of one market, each named once. */
export interface LimitsRequest {
  readonly marketId: string;
  readonly limits: readonly LiabilityLimit[];
}

/**
 * How it ended. `contended`: certainly nothing changed. `unknown`: the caps may have changed; they are
 * absolute, so the same request again does no harm.
 */
export type LimitsAnswer =
  | { readonly kind: "set"; readonly market: MarketState }
  | { readonly kind: "market_unknown" }
  /** `limit` is its position in the request, from 0. */
  | { readonly kind: "selection_unknown"; readonly limit: number }
  | { readonly kind: "contended" }
  | { readonly kind: "unknown" };

/**
 * Sets caps of a market. A bet that is being decided meanwhile is decided again: its commit checks the
 * market that it saw. Caps that are so already change nothing, so a repeated request finds them set.
 */
export async function setLimits(
  ports: { readonly book: Book; readonly backoff: Backoff },
  policy: Pick<Policy, "commitAttempts">,
  { marketId, limits }: LimitsRequest,
): Promise<LimitsAnswer> {
  const market = await ports.book.market(marketId);
  if (!market) return { kind: "market_unknown" };
  // Selections never leave a market, so this holds for whatever state the change will meet.
  const known = new Set(market.selections.map((selection) => selection.id));
  const limit = limits.findIndex(({ selectionId }) => !known.has(selectionId));
  if (limit >= 0) return { kind: "selection_unknown", limit };

  let inDoubt = false;
  for (let attempt = 1; attempt <= policy.commitAttempts; attempt++) {
    const change = await ports.book.changeMarket(marketId, (now) => withLimits(now, limits));
    if (change.outcome === "committed") return { kind: "set", market: change.market };
    if (change.outcome === "absent") return { kind: "market_unknown" };
    // Over a network a conflict can be the resend of a change that was stored.
    inDoubt ||= change.outcome !== "busy";
    if (attempt < policy.commitAttempts) await ports.backoff.wait(attempt);
  }
  return { kind: inDoubt ? "unknown" : "contended" };
}

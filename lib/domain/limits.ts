import type { MarketState } from "./market.ts";

/** The most the book may lose on one selection from now on, in minor units. */
export interface LiabilityLimit {
  readonly selectionId: string;
  readonly liabilityCapMinor: number;
}

/**
 * The market with the caps given, one version on; the very same one when they change nothing. A cap may
 * be below what is at stake already: no more is taken then, and nothing is given back. Throws, as a
 * defect, when the market has no such selection.
 */
export function withLimits(market: MarketState, limits: readonly LiabilityLimit[]): MarketState {
  const caps = new Map(limits.map((limit) => [limit.selectionId, limit.liabilityCapMinor]));
  const selections = market.selections.map((selection) => ({
    ...selection,
    liabilityCapMinor: caps.get(selection.id) ?? selection.liabilityCapMinor,
  }));
  const known = new Set(selections.map((selection) => selection.id));
  for (const selectionId of caps.keys()) {
    if (!known.has(selectionId)) throw new Error(`market ${market.id} has no ${selectionId}`);
  }
  const changed = selections.some((selection, index) =>
    selection.liabilityCapMinor !== market.selections[index]?.liabilityCapMinor
  );
  return changed ? { ...market, version: market.version + 1, selections } : market;
}

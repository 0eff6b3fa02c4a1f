import { exactReturns, isDecided, isResolved, type LegResult, paidMinor } from "./bet_returns.ts";
import { type BetTerms, partPrice, type PricedLeg, totalStakeMinor } from "./bet_terms.ts";
import { selectionKey, type SelectionRef } from "./exposure.ts";
import { legFactor, WON } from "./leg_outcome.ts";
import type { Ratio } from "./ratio.ts";

/** What the book can lose on one selection by one bet, in minor units. */
export interface SelectionLiability extends SelectionRef {
  readonly liabilityMinor: number;
}

/**
 * The most that a bet can still pay: whatever is not known yet wins, for a place too, without
 * deduction or dead heat. Rounded and capped as the returns will be.
 */
export function maximumReturnsMinor(terms: BetTerms, results: readonly LegResult[]): number {
  return paidMinor(terms, maximumReturns(terms, results));
}

/** The same before it is rounded and capped. */
export function maximumReturns(terms: BetTerms, results: readonly LegResult[]): Ratio {
  return exactReturns(
    terms,
    (leg, part, index) => legFactor(partPrice(leg, part), results[index]?.[part] ?? WON),
  );
}

/**
 * The liability of an open bet on each selection it still depends on, in the order of its legs: the most
 * it can pay less its stake, never below 0. A multiple counts in full on **each** of its unresolved legs,
 * and twice on a selection that two of them name. That is the conservative rule: the bet costs at most one
 * of these amounts, so a book within its caps can pay even if everything on one selection comes in.
 * Resolved legs carry nothing, nor does a bet that is decided.
 */
export function openLiabilities(
  terms: BetTerms<PricedLeg & SelectionRef>,
  results: readonly LegResult[],
): readonly SelectionLiability[] {
  if (isDecided(terms, results)) return [];
  const most = maximumReturnsMinor(terms, results) - totalStakeMinor(terms);
  const byMinor = Math.max(0, most);
  const liabilities = new Map<string, SelectionLiability>();
  for (const [index, leg] of terms.legs.entries()) {
    const result = results[index];
    if (!result || isResolved(terms, result)) continue;
    const { marketId, selectionId } = leg;
    const before = liabilities.get(selectionKey(leg))?.liabilityMinor ?? 0;
    liabilities.set(selectionKey(leg), { marketId, selectionId, liabilityMinor: before + byMinor });
  }
  return [...liabilities.values()];
}

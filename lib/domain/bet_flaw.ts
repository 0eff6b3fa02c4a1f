import { type BetTerms, planOf } from "./bet_terms.ts";
import { foldSizes, legLimits } from "./bet_type.ts";
import { lineCount, MAX_LINES } from "./lines.ts";
import { MAX_AMOUNT_MINOR } from "./money.ts";

/** Why legs do not make a bet of the type that was asked for, whatever the book and the account say. */
export type BetFlaw =
  | { readonly kind: "leg_count"; readonly leastLegs: number; readonly mostLegs: number }
  | { readonly kind: "too_many_lines"; readonly lineCount: number; readonly mostLines: number }
  /** Legs of one event in one line, by their positions: the one result would change the other's price. */
  | { readonly kind: "related_legs"; readonly legs: readonly number[] }
  | { readonly kind: "no_places"; readonly leg: number }
  | { readonly kind: "total_stake"; readonly mostUnitStakeMinor: number };

/**
 * The first thing that is wrong with a bet, in the order of {@link BetFlaw}; null when nothing is. What
 * has none can be given to every other function of a bet. `eventIds` are the events of the legs, in
 * their order.
 */
export function flawOf(terms: BetTerms, eventIds: readonly string[]): BetFlaw | null {
  const { type, legs, eachWay, unitStakeMinor } = terms;
  const { leastLegs, mostLegs } = legLimits(type);
  if (legs.length < leastLegs || legs.length > mostLegs) {
    return { kind: "leg_count", leastLegs, mostLegs };
  }
  const lines = lineCount(planOf(terms));
  if (lines > MAX_LINES) return { kind: "too_many_lines", lineCount: lines, mostLines: MAX_LINES };

  // Singles of one event are not related: no line has two of them.
  const related = foldSizes(type, legs.length).largest > 1 ? relatedLegs(eventIds) : [];
  if (related.length > 0) return { kind: "related_legs", legs: related };

  const leg = eachWay ? legs.findIndex(({ placeFraction }) => placeFraction === null) : -1;
  if (leg >= 0) return { kind: "no_places", leg };

  const mostUnitStakeMinor = Math.floor(MAX_AMOUNT_MINOR / lines);
  return unitStakeMinor > mostUnitStakeMinor ? { kind: "total_stake", mostUnitStakeMinor } : null;
}

/** Positions of the legs that share their event with another leg, ascending. */
export function relatedLegs(eventIds: readonly string[]): readonly number[] {
  const legsOfEvent = Map.groupBy(eventIds.keys(), (leg) => eventIds[leg]);
  const related = [...legsOfEvent.values()].filter((legs) => legs.length > 1);
  return related.flat().sort((a, b) => a - b);
}

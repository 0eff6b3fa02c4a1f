import { type BetTerms, partPrice, payoutCapMinor, planOf, type PricedLeg } from "./bet_terms.ts";
import { isLost, legFactor, type LegOutcome } from "./leg_outcome.ts";
import { foldsOf, type Part, partsOf } from "./lines.ts";
import { ONE, plus, type Ratio, ratioOf, rounded, times, ZERO } from "./ratio.ts";

/**
 * What became of a leg so far: null where it is not known yet. A bet that is not each-way has no use
 * for the place. They are two because they can differ: second is lost to win and won for a place, and
 * two that tie for first share the win but both are placed.
 */
export interface LegResult {
  readonly win: LegOutcome | null;
  readonly place: LegOutcome | null;
}

/** A leg of which nothing is known yet. */
export const UNRESOLVED: LegResult = { win: null, place: null };

/** Whether everything is known that the bet needs of a leg. */
export function isResolved(terms: BetTerms, result: LegResult): boolean {
  return partsOf(terms).every((part) => result[part] !== null);
}

/**
 * What a bet returns, stake included, or null as long as that is not decided: until each of its lines
 * has a lost leg or has all of its legs resolved. Lost legs of every line decide it early, at 0.
 *
 * The lines' returns are added as exact numbers and rounded once, **per bet**: rounding each line would
 * take up to a penny from each of a Goliath's 247. The maximum payout is applied after the rounding. A bet
 * whose every leg is void is a refund of its stake, exactly, whatever the maximum. `results` are in the
 * order of the legs.
 */
export function decidedReturnsMinor(
  terms: BetTerms,
  results: readonly LegResult[],
): number | null {
  if (!isDecided(terms, results)) return null;
  // What is unresolved in a decided bet stands in lost lines only, which are worth 0 at any factor.
  const exact = exactReturns(terms, (leg, part, index) => {
    const outcome = resultOf(results, index)[part];
    return outcome ? legFactor(partPrice(leg, part), outcome) : ONE;
  });
  return paidMinor(terms, exact);
}

/** Whether the results so far decide what the bet returns; see {@link decidedReturnsMinor}. */
export function isDecided(terms: BetTerms, results: readonly LegResult[]): boolean {
  if (terms.legs.every((_, index) => isResolved(terms, resultOf(results, index)))) return true;
  const folds = foldsOf(planOf(terms));
  return partsOf(terms).every((part) => {
    const outcomes = terms.legs.map((_, index) => resultOf(results, index)[part]);
    return folds.every((fold) => isLineDecided(fold.map((index) => outcomes[index] ?? null)));
  });
}

/** The amount that is paid for exact returns: rounded by the bet's policy, then capped. */
export function paidMinor(terms: BetTerms, exact: Ratio): number {
  const cap = payoutCapMinor(terms);
  const whole = rounded(exact, terms.rounding);
  return whole < BigInt(cap) ? Number(whole) : cap;
}

/** What a stake of 1 on a leg's part becomes, of the leg at a position in the bet. */
export type FactorOf = (leg: PricedLeg, part: Part, index: number) => Ratio;

/**
 * The exact returns of all lines together, when each leg is worth what `factorOf` says: the sum over
 * the lines of the unit stake times the line's factors. All lines of a part are added over one common
 * denominator, the product of all legs', so that it does not grow with the number of lines.
 */
export function exactReturns(terms: BetTerms, factorOf: FactorOf): Ratio {
  const folds = foldsOf(planOf(terms));
  let perUnit = ZERO;
  for (const part of partsOf(terms)) {
    const factors = terms.legs.map((leg, index) => factorOf(leg, part, index));
    perUnit = plus(perUnit, sumOfLines(folds, factors));
  }
  return times(perUnit, ratioOf(terms.unitStakeMinor));
}

function sumOfLines(folds: readonly (readonly number[])[], factors: readonly Ratio[]): Ratio {
  let num = 0n;
  for (const fold of folds) num += overCommonDenominator(fold, factors);
  return { num, den: factors.reduce((product, factor) => product * factor.den, 1n) };
}

/** A line's factors over the product of all denominators: those of the other legs stay above the bar. */
function overCommonDenominator(fold: readonly number[], factors: readonly Ratio[]): bigint {
  let product = 1n;
  let taken = 0;
  for (const [index, factor] of factors.entries()) {
    const inLine = fold[taken] === index;
    product *= inLine ? factor.num : factor.den;
    if (inLine) taken++;
  }
  return product;
}

function isLineDecided(outcomes: readonly (LegOutcome | null)[]): boolean {
  return outcomes.some((outcome) => outcome && isLost(outcome)) ||
    outcomes.every((outcome) => outcome !== null);
}

function resultOf(results: readonly LegResult[], index: number): LegResult {
  const result = results[index];
  if (!result) throw new RangeError(`no result is given for leg ${index}`);
  return result;
}

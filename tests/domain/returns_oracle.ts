import type { LegResult } from "../../lib/domain/bet_returns.ts";
import type { BetTerms, PricedLeg } from "../../lib/domain/bet_terms.ts";
import { FULL_COVER } from "../../lib/domain/bet_type.ts";
import type { LegOutcome } from "../../lib/domain/leg_outcome.ts";

/**
 * What a bet whose legs are all resolved returns, worked out in another way than the code under test: a
 * leg follows its money part by part, no line is ever made, and the sum over all lines of one size is a
 * coefficient of a polynomial. It shares nothing with that code but the types and the table of names.
 */
export function oracleReturns(terms: BetTerms, results: readonly LegResult[]): bigint {
  let [returns, scale] = sumOverLines(terms, results, "win");
  if (terms.eachWay) {
    const [places, placeScale] = sumOverLines(terms, results, "place");
    returns = returns * placeScale + places * scale;
    scale *= placeScale;
  }
  returns *= BigInt(terms.unitStakeMinor);

  let whole = returns / scale;
  const left = returns - whole * scale;
  if (terms.rounding === "halfUp" && left + left >= scale) whole++;

  const stake = BigInt(terms.unitStakeMinor) * stakedLines(terms);
  const most = BigInt(terms.maxPayoutMinor) > stake ? BigInt(terms.maxPayoutMinor) : stake;
  return whole > most ? most : whole;
}

/**
 * The product of (d + n·x) over the legs, where n/d is what 1 becomes on a leg: the coefficient of
 * x^k is the sum of all k-folds over the product of all d.
 */
function sumOverLines(
  terms: BetTerms,
  results: readonly LegResult[],
  part: "win" | "place",
): [sum: bigint, scale: bigint] {
  let coefficients: bigint[] = [1n];
  let scale = 1n;
  for (const [index, leg] of terms.legs.entries()) {
    const [n, d] = moneyOn(leg, results[index]?.[part] ?? null, part);
    const next = [...coefficients.map((coefficient) => coefficient * d), 0n];
    for (const [k, coefficient] of coefficients.entries()) next[k + 1]! += coefficient * n;
    coefficients = next;
    scale *= d;
  }
  const [least, most] = foldRange(terms);
  return [coefficients.slice(least, most + 1).reduce((sum, one) => sum + one, 0n), scale];
}

/** Where a stake on a leg goes, counted in so many parts of it that every share is whole. */
function moneyOn(
  leg: PricedLeg,
  outcome: LegOutcome | null,
  part: "win" | "place",
): [returned: bigint, staked: bigint] {
  if (!outcome) throw new Error("the oracle knows bets with every leg resolved");
  if (outcome.result === "void") return [1n, 1n];
  if (outcome.result === "lost") return outcome.voidFactor === "1/2" ? [1n, 2n] : [0n, 1n];

  const winners = outcome.deadHeat ?? { num: 1, den: 1 };
  const [oddsTo, oddsOn] = odds(leg, part);
  // Divisible by two halves, by the heat's share, by the odds and by a hundred pence.
  const staked = 2n * BigInt(winners.den) * oddsOn * 100n;
  const refunded = outcome.voidFactor === "1/2" ? staked / 2n : 0n;
  const alive = (staked - refunded) / BigInt(winners.den) * BigInt(winners.num);
  const profit = alive / oddsOn * oddsTo;
  const deducted = profit / 100n * BigInt(outcome.rule4Pence);
  return [refunded + alive + profit - deducted, staked];
}

/** Profit to stake; for a place, at its fraction. */
function odds({ price, placeFraction }: PricedLeg, part: "win" | "place"): [bigint, bigint] {
  const [to, on] = [BigInt(price.num - price.den), BigInt(price.den)];
  if (part === "win") return [to, on];
  return [to * BigInt(placeFraction?.num ?? 0), on * BigInt(placeFraction?.den ?? 1)];
}

function foldRange({ type, legs }: BetTerms): [number, number] {
  if (type.kind === "accumulator") return [legs.length, legs.length];
  if (type.kind === "folds") return [type.foldSize, type.foldSize];
  return [FULL_COVER[type.name].smallestFold, legs.length];
}

/** The number of lines: the same polynomial with 1 for every leg, row by row of Pascal's triangle. */
function stakedLines(terms: BetTerms): bigint {
  let row = [1n];
  for (let leg = 0; leg < terms.legs.length; leg++) {
    row = [1n, ...row.map((ways, k) => ways + (row[k + 1] ?? 0n))];
  }
  const [least, most] = foldRange(terms);
  const folds = row.slice(least, most + 1).reduce((sum, one) => sum + one, 0n);
  return terms.eachWay ? 2n * folds : folds;
}

import { exactReturns, isDecided, type LegResult } from "./bet_returns.ts";
import { type BetTerms, partPrice, payoutCapMinor } from "./bet_terms.ts";
import { legFactor } from "./leg_outcome.ts";
import { maximumReturns } from "./open_liability.ts";
import type { Price } from "./price.ts";
import { over, type Ratio, ratioOf, rounded, times } from "./ratio.ts";

/** A bet as it stands when it is to be cashed out. */
export interface OpenBet {
  readonly terms: BetTerms;
  readonly results: readonly LegResult[];
  /** The legs' prices now; null where a leg is resolved, which needs none. */
  readonly pricesNow: readonly (Price | null)[];
}

/** How much of a bet is cashed out, and what the bookmaker keeps. */
export interface CashOutAsk {
  /** The part of the unit stake that is cashed out on every line; all of it for the full bet. */
  readonly unitStakeMinor: number;
  /** Kept from the fair value, in hundredths of a per cent, 0 to 10,000. */
  readonly marginBasisPoints: number;
}

const BASIS_POINTS = 10_000;

/**
 * What is offered for a bet now: its fair value less the margin, rounded down once. 0 is no offer.
 *
 * The fair value of a line is its stake times the price taken over the price now, for every leg that is
 * not resolved, and times what they became for those that are: what it would cost to back the same
 * returns now. A place is priced now as it was when the bet was taken, at its fraction of the odds.
 *
 * Where the maximum payout cuts the returns, the value is cut in the same proportion. Of one line that
 * is exact; of several, never more than fair, because what is cut is only the largest returns.
 *
 * Throws, as a defect, for a bet that is decided, a part that is none, or a price that is missing.
 */
export function cashOutMinor(bet: OpenBet, ask: CashOutAsk): number {
  const { terms, results } = bet;
  const { unitStakeMinor, marginBasisPoints } = ask;
  assertWithin(unitStakeMinor, { least: 1, most: terms.unitStakeMinor });
  assertWithin(marginBasisPoints, { least: 0, most: BASIS_POINTS });
  if (isDecided(terms, results)) {
    throw new Error("a bet that is decided is settled, not cashed out");
  }
  const part = ratioOf(unitStakeMinor, terms.unitStakeMinor);
  const kept = ratioOf(BASIS_POINTS - marginBasisPoints, BASIS_POINTS);
  return Number(rounded(times(times(fairValue(bet), part), kept), "floor"));
}

/**
 * The terms of what stays open after a part of the unit stake was cashed out: the same bet for the rest.
 * The two stakes are whole, so nothing is lost between them. The maximum payout is shared out by the
 * stakes: were the rest given all that the cash-out left of it, a bet beyond its maximum would be worth
 * more in parts than at once. Null when nothing stays open.
 */
export function afterCashOut<Terms extends BetTerms>(
  terms: Terms,
  cashedOut: { readonly unitStakeMinor: number },
): Terms | null {
  assertWithin(cashedOut.unitStakeMinor, { least: 1, most: terms.unitStakeMinor });
  const unitStakeMinor = terms.unitStakeMinor - cashedOut.unitStakeMinor;
  if (unitStakeMinor === 0) return null;
  const share = ratioOf(unitStakeMinor, terms.unitStakeMinor);
  const maxPayout = times(ratioOf(terms.maxPayoutMinor), share);
  return { ...terms, unitStakeMinor, maxPayoutMinor: Number(rounded(maxPayout, "floor")) };
}

function fairValue({ terms, results, pricesNow }: OpenBet): Ratio {
  const uncapped = exactReturns(terms, (leg, part, index) => {
    const outcome = results[index]?.[part];
    if (outcome) return legFactor(partPrice(leg, part), outcome);
    const price = pricesNow[index];
    if (!price) throw new Error(`leg ${index} has no price now`);
    return over(partPrice(leg, part), partPrice({ ...leg, price }, part));
  });
  const most = maximumReturns(terms, results);
  const cap = ratioOf(payoutCapMinor(terms));
  return most.num > cap.num * most.den ? times(uncapped, over(cap, most)) : uncapped;
}

function assertWithin(
  value: number,
  limits: { readonly least: number; readonly most: number },
): void {
  if (!Number.isSafeInteger(value) || value < limits.least || value > limits.most) {
    throw new RangeError(`${value} is not from ${limits.least} to ${limits.most}`);
  }
}

import type { BetType } from "./bet_type.ts";
import { lineCount, type LinePlan, type Part } from "./lines.ts";
import { assertAmountMinor } from "./money.ts";
import type { Price, Rounding } from "./price.ts";
import { ONE, plus, type Ratio, ratioOf, times } from "./ratio.ts";

/**
 * The part of the odds that a place pays: 1/4 is `{num: 1, den: 4}`. Whole numbers with
 * `1 <= num <= den`, taken with the bet: what a race pays may change afterwards, what a bet gets not.
 */
export interface PlaceFraction {
  readonly num: number;
  readonly den: number;
}

/** A leg as far as money goes: the price it was taken at, and what a place pays of it. */
export interface PricedLeg {
  readonly price: Price;
  /** Null where no places are paid; such a leg cannot be backed each-way. */
  readonly placeFraction: PlaceFraction | null;
}

/** What a bet was taken on: all that its returns follow from, once the results are known. */
export interface BetTerms<Leg extends PricedLeg = PricedLeg> {
  readonly type: BetType;
  readonly legs: readonly Leg[];
  readonly eachWay: boolean;
  /** The stake on each line, in minor units, from 1. */
  readonly unitStakeMinor: number;
  readonly rounding: Rounding;
  /** The most that the bookmaker pays on this bet, stake included; an amount. */
  readonly maxPayoutMinor: number;
}

/** The plan that a bet's lines follow. */
export function planOf(terms: BetTerms): LinePlan {
  return { type: terms.type, legCount: terms.legs.length, eachWay: terms.eachWay };
}

/** The stake of all lines together. Throws, as a defect, when it is beyond an amount. */
export function totalStakeMinor(terms: BetTerms): number {
  return assertAmountMinor(terms.unitStakeMinor * lineCount(planOf(terms)));
}

/** The most that the bet can pay: its maximum payout, which never keeps anyone's own stake back. */
export function payoutCapMinor(terms: BetTerms): number {
  return Math.max(assertAmountMinor(terms.maxPayoutMinor), totalStakeMinor(terms));
}

/**
 * What a stake of 1 on one part of a leg returns when it comes in: the price itself to win, and the
 * place fraction of its profit beside the stake for a place. At 16/1 and 1/4 odds a place pays 4/1.
 * Throws, as a defect, for a place that is not paid.
 */
export function partPrice(leg: PricedLeg, part: Part): Ratio {
  const { price, placeFraction } = leg;
  if (part === "win") return ratioOf(price.num, price.den);
  if (!placeFraction) throw new Error("the leg pays no places");
  const profit = ratioOf(price.num - price.den, price.den);
  return plus(ONE, times(profit, ratioOf(placeFraction.num, placeFraction.den)));
}

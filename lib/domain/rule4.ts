import { comparePrices, type Price } from "./price.ts";

/** No deduction is larger, however many were withdrawn: Tattersalls' Rule 4(c). */
export const MAX_RULE_4_PENCE = 90;

/**
 * Tattersalls' Rule 4(c): the longest odds (profit to stake) of each band and what it takes, in pence
 * in the pound. "Up to and including": the published bands leave gaps (6/5, then 5/4), which no price
 * of the old scale fell into. A price in a gap belongs to the band of longer prices, so that a customer
 * never loses more than the printed table says.
 */
const BANDS: readonly (readonly [longest: readonly [number, number], pence: number])[] = [
  [[1, 9], 90],
  [[2, 11], 85],
  [[1, 4], 80],
  [[3, 10], 75],
  [[2, 5], 70],
  [[8, 15], 65],
  [[8, 13], 60],
  [[4, 5], 55],
  [[20, 21], 50],
  [[6, 5], 45],
  [[6, 4], 40],
  [[7, 4], 35],
  [[9, 4], 30],
  [[3, 1], 25],
  [[4, 1], 20],
  [[11, 2], 15],
  [[9, 1], 10],
  [[14, 1], 5],
];

/** What the withdrawal of one runner takes from profits, by its price then; 0 when it was over 14/1. */
export function rule4Pence(withdrawn: Price): number {
  const band = BANDS.find(([[profit, stake]]) =>
    comparePrices(withdrawn, { num: profit + stake, den: stake }) <= 0
  );
  return band?.[1] ?? 0;
}

/**
 * What several withdrawals take together from a bet that was taken before all of them: their sum, 90p
 * at most. That many bookmakers waive a total of 5p is theirs to decide.
 */
export function totalRule4Pence(withdrawn: readonly Price[]): number {
  const sum = withdrawn.reduce((pence, price) => pence + rule4Pence(price), 0);
  return Math.min(sum, MAX_RULE_4_PENCE);
}

/** Whether a number can be a deduction: whole pence in the pound from 0 to 90. */
export function isRule4Pence(pence: number): boolean {
  return Number.isSafeInteger(pence) && pence >= 0 && pence <= MAX_RULE_4_PENCE;
}

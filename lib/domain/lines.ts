import { type BetType, foldSizes, legLimits } from "./bet_type.ts";

/** The two parts of an each-way bet. A bet that is not each-way has the win part only. */
export type Part = "win" | "place";

/** One line of a bet: a unit stake on all of its legs together. */
export interface Line {
  readonly part: Part;
  /** Positions of the legs in the bet, from 0, ascending. */
  readonly legs: readonly number[];
}

/** What the lines of a bet follow from; they are never stored beside it. */
export interface LinePlan {
  readonly type: BetType;
  readonly legCount: number;
  readonly eachWay: boolean;
}

/** No bet has more lines, each-way included: more than a Goliath each-way, less than what costs a pause. */
export const MAX_LINES = 1_000;

/** The parts of a bet, in order. */
export function partsOf(bet: { readonly eachWay: boolean }): readonly Part[] {
  return bet.eachWay ? ["win", "place"] : ["win"];
}

/** How many lines a plan has, each-way included, without making them; for any plan with legs to fit. */
export function lineCount(plan: LinePlan): number {
  const { smallest, largest } = foldSizes(plan.type, plan.legCount);
  let folds = 0;
  for (let size = smallest; size <= largest; size++) folds += waysToTake(size, plan.legCount);
  return folds * partsOf(plan).length;
}

/**
 * The lines of a plan: the win part and then the place part, in each the smaller folds first and legs
 * in their order. Throws, as a defect, when the legs do not fit the type or the lines are too many.
 */
export function linesOf(plan: LinePlan): readonly Line[] {
  const folds = foldsOf(plan);
  return partsOf(plan).flatMap((part) => folds.map((legs) => ({ part, legs })));
}

/** The sets of legs that a plan backs together, in the order of {@link linesOf}; throws as it does. */
export function foldsOf(plan: LinePlan): readonly (readonly number[])[] {
  const { type, legCount } = plan;
  const { leastLegs, mostLegs } = legLimits(type);
  if (!Number.isSafeInteger(legCount) || legCount < leastLegs || legCount > mostLegs) {
    throw new RangeError(`such a bet has ${leastLegs} to ${mostLegs} legs, not ${legCount}`);
  }
  if (lineCount(plan) > MAX_LINES) throw new RangeError(`a bet of more than ${MAX_LINES} lines`);
  const { smallest, largest } = foldSizes(type, legCount);
  const folds: number[][] = [];
  for (let size = smallest; size <= largest; size++) addFolds(folds, { size, legCount, taken: [] });
  return folds;
}

/** Adds every way to complete `taken` with later legs; as deep as a fold is large. */
function addFolds(
  folds: number[][],
  fold: { readonly size: number; readonly legCount: number; readonly taken: readonly number[] },
): void {
  const { size, legCount, taken } = fold;
  if (taken.length === size) {
    folds.push([...taken]);
    return;
  }
  // The last leg that leaves enough behind it to complete the fold.
  const last = legCount - (size - taken.length);
  for (let leg = (taken.at(-1) ?? -1) + 1; leg <= last; leg++) {
    addFolds(folds, { size, legCount, taken: [...taken, leg] });
  }
}

/** The binomial coefficient; each step of the product is one itself, so no division is inexact. */
function waysToTake(size: number, legCount: number): number {
  let ways = 1;
  for (let step = 1; step <= size; step++) ways = ways * (legCount - size + step) / step;
  return ways;
}

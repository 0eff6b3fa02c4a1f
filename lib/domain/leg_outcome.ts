import { halfway, ONE, type Ratio, ratioOf, times, ZERO } from "./ratio.ts";
import { isRule4Pence } from "./rule4.ts";

/** The part of the stake on a leg that is refunded; the rest is settled by the result. */
export type VoidFactor = "0" | "1/2";

/**
 * How many winners there should have been, by how many there were: two that tie for one place are
 * `{num: 1, den: 2}`, three for the last two places `{num: 2, den: 3}`. Whole numbers, `1 <= num < den`.
 */
export interface DeadHeat {
  readonly num: number;
  readonly den: number;
}

/**
 * What became of one part of a leg. A non-runner is void. Half won and half lost (quarter handicaps)
 * are won and lost with a void factor of 1/2. A void factor and a dead heat of 1/2 are not the same:
 * the one gives half of the stake back, the other loses it.
 */
export type LegOutcome =
  | {
    readonly result: "won";
    readonly voidFactor: VoidFactor;
    /** Null where nobody tied. */
    readonly deadHeat: DeadHeat | null;
    /** What Tattersalls' Rule 4(c) takes from the profit, in pence in the pound, 0 to 90. */
    readonly rule4Pence: number;
  }
  | { readonly result: "lost"; readonly voidFactor: VoidFactor }
  | { readonly result: "void" };

/** A leg that won as it was taken. */
export const WON = { result: "won", voidFactor: "0", deadHeat: null, rule4Pence: 0 } as const;

/** A leg that lost, and every line with it. */
export const LOST = { result: "lost", voidFactor: "0" } as const;

/** A leg that counts for nothing, a non-runner's too: its line goes on as if it were not there. */
export const VOID = { result: "void" } as const;

/** Won with half of the stake refunded. */
export const HALF_WON = { ...WON, voidFactor: "1/2" } as const;

/** Lost with half of the stake refunded: its line goes on with the half. */
export const HALF_LOST = { ...LOST, voidFactor: "1/2" } as const;

/** Whether a line with this leg is lost, whatever its other legs do. */
export function isLost(outcome: LegOutcome): boolean {
  return outcome.result === "lost" && outcome.voidFactor === "0";
}

/** Whether two numbers can be a dead heat; no field is larger than a hundred. */
export function isDeadHeat({ num, den }: DeadHeat): boolean {
  return Number.isSafeInteger(num) && Number.isSafeInteger(den) && num >= 1 && num < den &&
    den <= 100;
}

/**
 * What a stake of 1 on a leg becomes: exact, the stake included. Of a won leg the void factor's part
 * comes back, and the rest is paid at the price less the deduction; in a dead heat that is paid on the
 * part of the stake that the heat leaves, at the full price, and the other part is lost. Throws, as a
 * defect, for a dead heat or a deduction that is none.
 */
export function legFactor(price: Ratio, outcome: LegOutcome): Ratio {
  switch (outcome.result) {
    case "void":
      return ONE;
    case "lost":
      return outcome.voidFactor === "1/2" ? halfway(ONE, ZERO) : ZERO;
    case "won": {
      const { deadHeat, rule4Pence } = outcome;
      const paid = times(deducted(price, rule4Pence), sharedBy(deadHeat));
      return outcome.voidFactor === "1/2" ? halfway(ONE, paid) : paid;
    }
  }
}

/** The price without the part of its profit that Rule 4 takes. */
function deducted(price: Ratio, pence: number): Ratio {
  if (pence === 0) return price;
  if (!isRule4Pence(pence)) throw new RangeError(`not a Rule 4 deduction: ${pence}`);
  const left = 100n - BigInt(pence);
  return { num: price.den * 100n + (price.num - price.den) * left, den: price.den * 100n };
}

function sharedBy(deadHeat: DeadHeat | null): Ratio {
  if (!deadHeat) return ONE;
  if (!isDeadHeat(deadHeat)) {
    throw new RangeError(`not a dead heat: ${deadHeat.num} of ${deadHeat.den}`);
  }
  return ratioOf(deadHeat.num, deadHeat.den);
}

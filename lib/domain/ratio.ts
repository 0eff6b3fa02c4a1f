import type { Rounding } from "./price.ts";

/**
 * An exact number from 0: `num / den` with `den` above 0. It need not be in lowest terms: what is worked
 * out here is rounded soon, and dividing on the way would cost more than it saves.
 */
export interface Ratio {
  readonly num: bigint;
  readonly den: bigint;
}

/** What a lost stake becomes. */
export const ZERO: Ratio = { num: 0n, den: 1n };

/** What a stake that comes back becomes. */
export const ONE: Ratio = { num: 1n, den: 1n };

/** The ratio of two safe integers, `num` from 0 and `den` from 1. */
export function ratioOf(num: number, den = 1): Ratio {
  return { num: BigInt(num), den: BigInt(den) };
}

/** The exact product. */
export function times(a: Ratio, b: Ratio): Ratio {
  return { num: a.num * b.num, den: a.den * b.den };
}

/** The exact quotient; `b` is above 0. */
export function over(a: Ratio, b: Ratio): Ratio {
  return { num: a.num * b.den, den: a.den * b.num };
}

/** The exact sum. */
export function plus(a: Ratio, b: Ratio): Ratio {
  return { num: a.num * b.den + b.num * a.den, den: a.den * b.den };
}

/** The exact average of two, by which a stake is halved. */
export function halfway(a: Ratio, b: Ratio): Ratio {
  return times(plus(a, b), { num: 1n, den: 2n });
}

/** The whole number that a policy rounds to: the one below, or the nearest with halves going up. */
export function rounded({ num, den }: Ratio, rounding: Rounding): bigint {
  return rounding === "halfUp" ? (2n * num + den) / (2n * den) : num / den;
}

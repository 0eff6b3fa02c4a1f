import { assertAmountMinor } from "./money.ts";

/**
 * An exact ratio of returns to stake, in lowest terms: `{num: 5, den: 2}` pays 2.50 for each 1.00
 * staked, stake included. Both are whole numbers, `num > den >= 1`, so a price is always above evens
 * money back; the ratio is at most {@link MAX_PRICE} and `den` at most {@link MAX_PRICE_DENOMINATOR}.
 */
export interface Price {
  readonly num: number;
  readonly den: number;
}

/** No price is offered or read above 10,000 times the stake. */
export const MAX_PRICE = 10_000;

/** The finest price: six decimals, or a fraction over a million. */
export const MAX_PRICE_DENOMINATOR = 1_000_000;

/** How the one rounding of a bet's returns is done; kept on the bet. */
export type Rounding = "floor" | "halfUp";

/** The price `num/den` in lowest terms, or null when the two numbers are not a price. */
export function priceOf(num: number, den: number): Price | null {
  if (!Number.isSafeInteger(num) || !Number.isSafeInteger(den) || den < 1 || num <= den) {
    return null;
  }
  const divisor = greatestCommonDivisor(num, den);
  const price = { num: num / divisor, den: den / divisor };
  if (price.den > MAX_PRICE_DENOMINATOR || price.num > MAX_PRICE * price.den) return null;
  return price;
}

const DECIMAL = /^(\d{1,5})(?:\.(\d{1,6}))?$/;
const FRACTIONAL = /^(\d{1,7})\/(\d{1,7})$/;

/**
 * Reads a decimal price ("2.50": returns for a stake of 1) or a fractional one ("6/4": a profit of 6
 * on a stake of 4, so returns of 10 on 4). Null when the text is neither, or not above 1.
 */
export function parsePrice(text: string): Price | null {
  const decimal = DECIMAL.exec(text);
  if (decimal) {
    const [, whole = "", decimals = ""] = decimal;
    return priceOf(Number(whole + decimals), 10 ** decimals.length);
  }
  const fractional = FRACTIONAL.exec(text);
  if (fractional) {
    const [, profit, stake] = fractional;
    return priceOf(Number(profit) + Number(stake), Number(stake));
  }
  return null;
}

/** Negative, zero or positive as `a` is below, equal to or above `b`; exact. */
export function comparePrices(a: Price, b: Price): number {
  const left = BigInt(a.num) * BigInt(b.den);
  const right = BigInt(b.num) * BigInt(a.den);
  return left < right ? -1 : left > right ? 1 : 0;
}

/**
 * What a stake returns, stake included, when every price given comes in: the exact product, rounded
 * once at the end. Throws, as a defect, when the result is beyond an amount.
 */
export function returnsMinor(
  bet: {
    readonly stakeMinor: number;
    readonly prices: readonly Price[];
    readonly rounding: Rounding;
  },
): number {
  let num = BigInt(bet.stakeMinor);
  let den = 1n;
  for (const price of bet.prices) {
    num *= BigInt(price.num);
    den *= BigInt(price.den);
  }
  const exact = bet.rounding === "halfUp" ? (2n * num + den) / (2n * den) : num / den;
  return assertAmountMinor(Number(exact));
}

/** Euclid's algorithm; at most about 80 rounds for safe integers (Lamé's theorem). */
function greatestCommonDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

import type { Price } from "./price.ts";

/** One price as people write it, for reading only: the exact ratio is what is bet on. */
export interface PriceDisplay {
  /** Returns for a stake of 1, two decimals, rounded to the nearest: "2.50". */
  readonly decimal: string;
  /** Profit to stake in lowest terms: "3/2". */
  readonly fractional: string;
  /** Profit on 100 ("+150") or the stake that profits 100 ("-200"), rounded to the nearest. */
  readonly american: string;
}

/** The three usual notations of a price. */
export function displayPrice(price: Price): PriceDisplay {
  const profit = price.num - price.den;
  const hundredths = roundedQuotient(price.num * 100, price.den);
  return {
    decimal: `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, "0")}`,
    fractional: `${profit}/${price.den}`,
    american: profit >= price.den
      ? `+${roundedQuotient(profit * 100, price.den)}`
      : `-${roundedQuotient(price.den * 100, profit)}`,
  };
}

function roundedQuotient(num: number, den: number): number {
  return Number((2n * BigInt(num) + BigInt(den)) / (2n * BigInt(den)));
}

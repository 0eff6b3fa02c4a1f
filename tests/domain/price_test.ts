import { assertEquals } from "@std/assert";
import * as fc from "fast-check";
import {
  comparePrices,
  MAX_PRICE,
  MAX_PRICE_DENOMINATOR,
  parsePrice,
  type Price,
  priceOf,
} from "../../lib/domain/price.ts";
import { anyPrice } from "./any_price.ts";

Deno.test("parsePrice() reads a decimal as returns for a stake of 1", () => {
  const table: [string, Price][] = [
    ["2.50", { num: 5, den: 2 }],
    ["2.5", { num: 5, den: 2 }],
    ["2", { num: 2, den: 1 }],
    ["1.01", { num: 101, den: 100 }],
    ["1.000001", { num: 1_000_001, den: 1_000_000 }],
    ["1.909091", { num: 1_909_091, den: 1_000_000 }],
    ["10000", { num: 10_000, den: 1 }],
    ["9999.999999", { num: 9_999_999_999, den: 1_000_000 }],
  ];
  for (const [text, price] of table) assertEquals(parsePrice(text), price, text);
});

Deno.test("parsePrice() reads a fraction as profit to stake", () => {
  const table: [string, Price][] = [
    ["6/4", { num: 5, den: 2 }],
    ["3/2", { num: 5, den: 2 }],
    ["10/11", { num: 21, den: 11 }],
    ["1/1", { num: 2, den: 1 }],
    ["100/1", { num: 101, den: 1 }],
    ["1/1000000", { num: 1_000_001, den: 1_000_000 }],
    ["9999/1", { num: 10_000, den: 1 }],
  ];
  for (const [text, price] of table) assertEquals(parsePrice(text), price, text);
});

Deno.test("parsePrice() answers null for what is no price", () => {
  const texts = [
    ...["", " ", "abc", "2,50", "2.", ".5", "2.50 ", " 2.50", "2.50\n", "+2.5", "-2.5"],
    ...["2.5e1", "0x10", "1_000", "Infinity", "NaN", "２.５", "evens"],
    ...["6/4/2", "/4", "6/", "6 / 4", "6/-4", "1.5/2", "6/4\n"],
  ];
  for (const text of texts) assertEquals(parsePrice(text), null, JSON.stringify(text));
});

Deno.test("parsePrice() answers null for what is not above 1, or beyond the limits", () => {
  const texts = [
    ...["0", "0.99", "1", "1.0", "1.000000", "0/1", "0/7", "1/0", "0/0"],
    ...["10000.000001", "10001", "99999", "100000", "9999.9999999", "1.0000001"],
    ...["10000/1", "1/1000001", "9999999/999", "99999999/1"],
  ];
  for (const text of texts) assertEquals(parsePrice(text), null, text);
});

Deno.test("priceOf() gives lowest terms and keeps the ratio", () => {
  const multiple = fc.integer({ min: 1, max: 1_000 });
  fc.assert(fc.property(anyPrice, multiple, (price, factor) => {
    assertEquals(priceOf(price.num * factor, price.den * factor), price);
    assertEquals(divisor(price.num, price.den), 1);
  }));
});

Deno.test("priceOf() takes ratios above 1 up to MAX_PRICE over at most MAX_PRICE_DENOMINATOR", () => {
  const finest = MAX_PRICE_DENOMINATOR;
  assertEquals(priceOf(MAX_PRICE, 1), { num: MAX_PRICE, den: 1 });
  assertEquals(priceOf(finest + 1, finest), { num: finest + 1, den: finest });
  assertEquals(priceOf(MAX_PRICE * finest - 1, finest)?.den, finest);
  const others = [
    ...[[1, 1], [1, 2], [0, 1], [2, 0], [-2, -1], [2, -1], [-2, 1]],
    ...[[2.5, 1], [2, 0.5], [NaN, 1], [2, NaN], [Infinity, 1], [2 ** 53, 2 ** 52]],
    ...[[MAX_PRICE + 1, 1], [MAX_PRICE * finest + 1, finest], [finest + 2, finest + 1]],
  ] as [number, number][];
  for (const [num, den] of others) assertEquals(priceOf(num, den), null, `${num}/${den}`);
});

Deno.test("comparePrices() orders as the exact ratios do, also where a float cannot", () => {
  const close = [{ num: 999_999, den: 999_998 }, { num: 1_000_000, den: 999_999 }] as const;
  assertEquals(Math.sign(comparePrices(close[0], close[1])), 1);
  fc.assert(fc.property(anyPrice, anyPrice, (a, b) => {
    const difference = BigInt(a.num) * BigInt(b.den) - BigInt(b.num) * BigInt(a.den);
    const sign = difference < 0n ? -1 : difference > 0n ? 1 : 0;
    assertEquals(Math.sign(comparePrices(a, b)), sign);
  }));
});

Deno.test("comparePrices() is a total order", () => {
  fc.assert(fc.property(anyPrice, anyPrice, anyPrice, (a, b, c) => {
    assertEquals(comparePrices(a, a), 0);
    assertEquals(comparePrices(a, b) + comparePrices(b, a), 0);
    assertEquals(comparePrices(a, b) === 0, a.num === b.num && a.den === b.den);
    const [low, middle, high] = [a, b, c].toSorted(comparePrices) as [Price, Price, Price];
    assertEquals(comparePrices(low, middle) <= 0 && comparePrices(middle, high) <= 0, true);
    assertEquals(comparePrices(low, high) <= 0, true);
  }));
});

/** By trying, so that it owes nothing to the code under test. */
function divisor(a: number, b: number): number {
  let greatest = 1;
  for (let candidate = 2; candidate * candidate <= b; candidate++) {
    if (b % candidate === 0) {
      if (a % candidate === 0) greatest = Math.max(greatest, candidate);
      const other = b / candidate;
      if (a % other === 0) greatest = Math.max(greatest, other);
    }
  }
  return b > 1 && a % b === 0 ? b : greatest;
}

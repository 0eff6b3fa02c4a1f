import { assertEquals } from "@std/assert";
import * as fc from "fast-check";
import { comparePrices, parsePrice } from "../../lib/domain/price.ts";
import { displayPrice } from "../../lib/domain/price_display.ts";
import { anyPrice } from "./any_price.ts";

const TABLE: readonly [string, string, string, string][] = [
  ["2.50", "2.50", "3/2", "+150"],
  ["6/4", "2.50", "3/2", "+150"],
  ["2", "2.00", "1/1", "+100"],
  ["10/11", "1.91", "10/11", "-110"],
  ["1/2", "1.50", "1/2", "-200"],
  ["1.62", "1.62", "31/50", "-161"],
  ["11/8", "2.38", "11/8", "+138"], // 2.375 and 137.5: both halves go up
  ["100/1", "101.00", "100/1", "+10000"],
  ["1.01", "1.01", "1/100", "-10000"],
  ["1.000001", "1.00", "1/1000000", "-100000000"],
  ["10000", "10000.00", "9999/1", "+999900"],
];

for (const [text, decimal, fractional, american] of TABLE) {
  Deno.test(`displayPrice() of ${text} is ${decimal}, ${fractional} and ${american}`, () => {
    const price = parsePrice(text);
    assertEquals(price && displayPrice(price), { decimal, fractional, american });
  });
}

Deno.test("displayPrice() gives a fraction that reads back as the exact price", () => {
  fc.assert(fc.property(anyPrice, (price) => {
    const [profit, stake] = displayPrice(price).fractional.split("/").map(Number);
    assertEquals({ num: (profit ?? 0) + (stake ?? 0), den: stake }, price);
  }));
});

Deno.test("displayPrice() gives the nearest decimal", () => {
  fc.assert(fc.property(anyPrice, (price) => {
    const { decimal } = displayPrice(price);
    const shown = BigInt(decimal.replace(".", ""));
    const offBy = shown * BigInt(price.den) - 100n * BigInt(price.num);
    assertEquals(2n * (offBy < 0n ? -offBy : offBy) <= BigInt(price.den), true, decimal);
  }));
});

Deno.test("displayPrice() writes evens and above as +, below as -", () => {
  fc.assert(fc.property(anyPrice, (price) => {
    const { american } = displayPrice(price);
    assertEquals(american.startsWith("+"), comparePrices(price, { num: 2, den: 1 }) >= 0);
    assertEquals(/^[+-][1-9]\d*$/.test(american), true, american);
  }));
});

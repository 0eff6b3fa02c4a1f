import { assertEquals } from "@std/assert";
import { comparePrices } from "../../lib/domain/price.ts";
import {
  isRule4Pence,
  MAX_RULE_4_PENCE,
  rule4Pence,
  totalRule4Pence,
} from "../../lib/domain/rule4.ts";
import { priced } from "./some_terms.ts";

/** The printed table of Tattersalls' Rule 4(c): the ends of each band, and pence in the pound. */
const PRINTED: readonly [shortest: string, longest: string, pence: number][] = [
  ["1/100", "1/9", 90],
  ["2/17", "2/11", 85],
  ["1/5", "1/4", 80],
  ["2/7", "3/10", 75],
  ["1/3", "2/5", 70],
  ["4/9", "8/15", 65],
  ["4/7", "8/13", 60],
  ["4/6", "4/5", 55],
  ["5/6", "20/21", 50],
  ["1/1", "6/5", 45],
  ["5/4", "6/4", 40],
  ["13/8", "7/4", 35],
  ["15/8", "9/4", 30],
  ["5/2", "3/1", 25],
  ["10/3", "4/1", 20],
  ["9/2", "11/2", 15],
  ["6/1", "9/1", 10],
  ["10/1", "14/1", 5],
  ["14001/1000", "9999/1", 0],
];

for (const [shortest, longest, pence] of PRINTED) {
  Deno.test(`rule4Pence() takes ${pence}p for ${shortest} to ${longest}, both included`, () => {
    assertEquals([rule4Pence(priced(shortest)), rule4Pence(priced(longest))], [pence, pence]);
  });
}

Deno.test("rule4Pence() in a gap of the table takes the smaller deduction of the two bands", () => {
  // 11/9 is over 6/5 and under 5/4; 19/2 is over 9/1 and under 10/1; 23/200 is over 1/9, under 2/17.
  assertEquals(["11/9", "19/2", "23/200"].map((text) => rule4Pence(priced(text))), [40, 5, 85]);
});

Deno.test("rule4Pence() never takes more for a longer price", () => {
  const prices = PRINTED.flatMap(([shortest, longest]) => [priced(shortest), priced(longest)]);
  const pence = prices.toSorted(comparePrices).map(rule4Pence);
  assertEquals(pence, pence.toSorted((a, b) => b - a));
});

Deno.test("totalRule4Pence() adds several withdrawals, up to 90p", () => {
  const total = (...texts: string[]) => totalRule4Pence(texts.map(priced));
  assertEquals(total(), 0);
  assertEquals(total("9/4"), 30);
  assertEquals(total("9/4", "20/1", "14/1"), 35);
  assertEquals(total("1/1", "1/1"), 90);
  assertEquals(total("1/9", "1/1", "9/1"), MAX_RULE_4_PENCE);
});

Deno.test("isRule4Pence() holds for whole pence from 0 to 90", () => {
  assertEquals([0, 1, 70, 90].every(isRule4Pence), true);
  assertEquals([-1, 91, 100, 2.5, NaN, Infinity].some(isRule4Pence), false);
});

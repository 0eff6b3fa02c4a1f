import { assert, assertEquals, assertThrows } from "@std/assert";
import * as fc from "fast-check";
import { MAX_AMOUNT_MINOR } from "../../lib/domain/money.ts";
import { parsePrice, type Price, returnsMinor, type Rounding } from "../../lib/domain/price.ts";
import { anyPrice } from "./any_price.ts";

/** Stake, price, returns under `floor`, returns under `halfUp`; all worked out by hand. */
const RETURNS: readonly [number, string, number, number][] = [
  [10_000, "10/11", 19_090, 19_091], // 100.00 at 21/11 is 190.9090…
  [10_000, "2.50", 25_000, 25_000],
  [10_000, "6/4", 25_000, 25_000],
  [1, "6/4", 2, 3], // 2.5: the half goes up
  [1, "11/8", 2, 2], // 2.375
  [1, "10/11", 1, 2], // 1.909…
  [3, "1/3", 4, 4],
  [2, "1/3", 2, 3], // 2.666…
  [7, "1.62", 11, 11], // 11.34
  [25, "1.62", 40, 41], // 40.5
  [0, "2.50", 0, 0],
  [10_000_000, "10000", 100_000_000_000, 100_000_000_000],
  [999_999, "1.000001", 999_999, 1_000_000], // 999,999.999999
];

for (const [stakeMinor, text, floor, halfUp] of RETURNS) {
  Deno.test(`returnsMinor() of ${stakeMinor} at ${text} is ${floor}, or ${halfUp} halfUp`, () => {
    const prices = [priceFrom(text)];
    assertEquals(returnsMinor({ stakeMinor, prices, rounding: "floor" }), floor);
    assertEquals(returnsMinor({ stakeMinor, prices, rounding: "halfUp" }), halfUp);
  });
}

Deno.test("returnsMinor() rounds once over all legs, not leg by leg", () => {
  const prices = [priceFrom("10/11"), priceFrom("10/11")];
  // 1.00 at (21/11)² is 364.46…; rounding in between would give 190 × 21/11 = 362.
  assertEquals(returnsMinor({ stakeMinor: 100, prices, rounding: "floor" }), 364);
  assertEquals(returnsMinor({ stakeMinor: 7, prices: [], rounding: "floor" }), 7);
});

Deno.test("returnsMinor() is the exact rational, rounded as the policy says", () => {
  const stake = fc.integer({ min: 0, max: 100_000_000 });
  fc.assert(fc.property(stake, anyPrice, (stakeMinor, price) => {
    const bet = { stakeMinor, prices: [price] };
    assertRounded(returnsMinor({ ...bet, rounding: "floor" }), bet, "floor");
    assertRounded(returnsMinor({ ...bet, rounding: "halfUp" }), bet, "halfUp");
  }));
});

Deno.test("returnsMinor() is exact over several legs, or throws beyond an amount", () => {
  const legs = fc.array(anyPrice, { minLength: 2, maxLength: 6 });
  fc.assert(fc.property(fc.integer({ min: 1, max: 100_000 }), legs, (stakeMinor, prices) => {
    const bet = { stakeMinor, prices };
    const { num, den } = exact(bet);
    if (num / den > BigInt(MAX_AMOUNT_MINOR)) {
      assertThrows(() => returnsMinor({ ...bet, rounding: "floor" }), RangeError);
    } else {
      assertRounded(returnsMinor({ ...bet, rounding: "floor" }), bet, "floor");
    }
  }));
});

Deno.test("returnsMinor() throws RangeError beyond an amount, and not before", () => {
  const prices = [priceFrom("10000")];
  const stakeMinor = MAX_AMOUNT_MINOR / 10_000;
  assertEquals(returnsMinor({ stakeMinor, prices, rounding: "floor" }), MAX_AMOUNT_MINOR);
  const over = { stakeMinor: stakeMinor + 1, prices, rounding: "floor" } as const;
  assertThrows(() => returnsMinor(over), RangeError);
});

type Asked = { readonly stakeMinor: number; readonly prices: readonly Price[] };

/**
 * What rounding means, said as bounds on the exact value: floor is the largest whole number not above
 * it; halfUp is the whole number with  returns - 1/2 <= exact < returns + 1/2.
 */
function assertRounded(returns: number, bet: Asked, rounding: Rounding): void {
  const { num, den } = exact(bet);
  const whole = BigInt(returns);
  if (rounding === "floor") assert(whole * den <= num && num < (whole + 1n) * den);
  else assert((2n * whole - 1n) * den <= 2n * num && 2n * num < (2n * whole + 1n) * den);
}

function exact({ stakeMinor, prices }: Asked): { readonly num: bigint; readonly den: bigint } {
  return {
    num: prices.reduce((product, price) => product * BigInt(price.num), BigInt(stakeMinor)),
    den: prices.reduce((product, price) => product * BigInt(price.den), 1n),
  };
}

function priceFrom(text: string): Price {
  const price = parsePrice(text);
  assert(price, text);
  return price;
}

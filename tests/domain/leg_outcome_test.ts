import { assert, assertEquals, assertThrows } from "@std/assert";
import { partPrice } from "../../lib/domain/bet_terms.ts";
import {
  type DeadHeat,
  HALF_LOST,
  HALF_WON,
  isDeadHeat,
  isLost,
  legFactor,
  type LegOutcome,
  LOST,
  VOID,
  WON,
} from "../../lib/domain/leg_outcome.ts";
import { type Ratio, ratioOf } from "../../lib/domain/ratio.ts";
import { legAt } from "./some_terms.ts";

const TIED = { num: 1, den: 2 };

/** Price, outcome, and what a stake of 1 becomes; worked out by hand. */
const FACTORS: readonly [string, string, LegOutcome, [number, number]][] = [
  ["won is the price", "5/2", WON, [7, 2]],
  ["lost is nothing", "5/2", LOST, [0, 1]],
  ["void is the stake", "5/2", VOID, [1, 1]],
  ["half won is half the stake and half the returns", "5/2", HALF_WON, [9, 4]],
  ["half lost is half the stake", "5/2", HALF_LOST, [1, 2]],
  ["a dead heat is the full price on a part of the stake", "2.5", heat(TIED), [5, 4]],
  ["three that tie for two places share them", "3/1", heat({ num: 2, den: 3 }), [8, 3]],
  ["Rule 4 is taken from the profit", "10/1", { ...WON, rule4Pence: 70 }, [4, 1]],
  ["Rule 4 of 5p", "10/1", { ...WON, rule4Pence: 5 }, [21, 2]],
  ["a dead heat with Rule 4", "10/1", { ...heat(TIED), rule4Pence: 70 }, [2, 1]],
  ["half won with Rule 4", "10/1", { ...HALF_WON, rule4Pence: 70 }, [5, 2]],
  ["half won in a dead heat", "2.5", { ...heat(TIED), voidFactor: "1/2" }, [9, 8]],
];

function heat(deadHeat: DeadHeat): Extract<LegOutcome, { result: "won" }> {
  return { ...WON, deadHeat };
}

for (const [rule, price, outcome, [num, den]] of FACTORS) {
  Deno.test(`legFactor() ${rule}`, () => {
    assertSame(legFactor(partPrice(legAt(price), "win"), outcome), ratioOf(num, den));
  });
}

Deno.test("partPrice() of a place is the fraction of the profit, and the stake", () => {
  assertSame(partPrice(legAt("16/1"), "place"), ratioOf(5));
  assertSame(partPrice(legAt("16/1", { num: 1, den: 5 }), "place"), ratioOf(21, 5));
  assertSame(partPrice(legAt("10/11"), "place"), ratioOf(54, 44));
  assertSame(partPrice(legAt("7/2", { num: 1, den: 1 }), "place"), ratioOf(9, 2));
  assertThrows(() => partPrice(legAt("7/2", null), "place"), Error, "no places");
});

Deno.test("legFactor() of a place takes Rule 4 from the place's profit", () => {
  const place = partPrice(legAt("16/1"), "place");
  assertSame(legFactor(place, { ...WON, rule4Pence: 25 }), ratioOf(4));
});

Deno.test("legFactor() throws for a dead heat or a deduction that is none", () => {
  const price = ratioOf(2);
  for (const deadHeat of [{ num: 2, den: 2 }, { num: 0, den: 2 }, { num: 1, den: 101 }]) {
    assertEquals(isDeadHeat(deadHeat), false);
    assertThrows(() => legFactor(price, heat(deadHeat)), RangeError, "dead heat");
  }
  for (const rule4Pence of [-5, 91, 100, 0.5, NaN]) {
    assertThrows(() => legFactor(price, { ...WON, rule4Pence }), RangeError, "Rule 4");
  }
  assert([TIED, { num: 99, den: 100 }].every(isDeadHeat));
});

Deno.test("isLost() holds for what loses the whole line, not for half lost", () => {
  assertEquals([LOST, HALF_LOST, VOID, WON, HALF_WON].map(isLost), [
    ...[true, false, false, false, false],
  ]);
});

function assertSame(actual: Ratio, expected: Ratio): void {
  assertEquals(actual.num * expected.den, expected.num * actual.den);
}

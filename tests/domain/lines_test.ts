import { assertEquals, assertThrows } from "@std/assert";
import { type BetTerms, totalStakeMinor } from "../../lib/domain/bet_terms.ts";
import { type BetType, FULL_COVER, type FullCover } from "../../lib/domain/bet_type.ts";
import { lineCount, linesOf, MAX_LINES } from "../../lib/domain/lines.ts";
import { MAX_AMOUNT_MINOR } from "../../lib/domain/money.ts";
import { termsAt } from "./some_terms.ts";

const ACCUMULATOR: BetType = { kind: "accumulator" };

function toWinOf(type: BetType, legCount: number) {
  return { type, legCount, eachWay: false };
}

/** Name, legs, lines: as every bookmaker's table has them. */
const FIELD: readonly [FullCover, number, number][] = [
  ["trixie", 3, 4],
  ["patent", 3, 7],
  ["yankee", 4, 11],
  ["lucky_15", 4, 15],
  ["canadian", 5, 26],
  ["lucky_31", 5, 31],
  ["heinz", 6, 57],
  ["lucky_63", 6, 63],
  ["super_heinz", 7, 120],
  ["goliath", 8, 247],
];

for (const [name, legCount, count] of FIELD) {
  const plan = toWinOf({ kind: "full_cover", name }, legCount);

  Deno.test(`linesOf() a ${name} is ${count} lines on ${legCount} legs, no two alike`, () => {
    const lines = linesOf(plan);
    assertEquals([lines.length, lineCount(plan)], [count, count]);
    assertEquals(new Set(lines.map(({ legs }) => legs.join())).size, count);
    for (const { part, legs } of lines) {
      assertEquals(part, "win");
      assertEquals(legs, [...new Set(legs)].toSorted((a, b) => a - b));
      assertEquals(legs.every((leg) => leg >= 0 && leg < legCount), true);
    }
  });

  Deno.test(`linesOf() a ${name} each-way is twice as many, the win part first`, () => {
    const each = linesOf({ ...plan, eachWay: true });
    const places = linesOf(plan).map((line) => ({ ...line, part: "place" }));
    assertEquals(each, [...linesOf(plan), ...places] as typeof each);
  });

  Deno.test(`linesOf() a ${name} takes ${legCount} legs and no other number`, () => {
    for (const other of [0, legCount - 1, legCount + 1]) {
      assertThrows(() => linesOf({ ...plan, legCount: other }), RangeError, `${legCount}`);
    }
  });
}

Deno.test("FULL_COVER has the ten names of the field", () => {
  assertEquals(Object.keys(FULL_COVER), FIELD.map(([name]) => name));
});

Deno.test("linesOf() a Patent is three singles, three doubles and the treble", () => {
  const lines = linesOf(toWinOf({ kind: "full_cover", name: "patent" }, 3));
  assertEquals(lines.map(({ legs }) => legs), [[0], [1], [2], [0, 1], [0, 2], [1, 2], [0, 1, 2]]);
});

Deno.test("linesOf() an accumulator is one line of all its legs, from 1 to 20", () => {
  for (let legCount = 1; legCount <= 20; legCount++) {
    const legs = Array.from({ length: legCount }, (_, leg) => leg);
    assertEquals(linesOf(toWinOf(ACCUMULATOR, legCount)), [{ part: "win", legs }]);
  }
  for (const legCount of [0, 21, 2.5, NaN]) {
    assertThrows(() => linesOf(toWinOf(ACCUMULATOR, legCount)), RangeError);
  }
});

Deno.test("linesOf() folds are every way to take so many legs", () => {
  const doubles = linesOf(toWinOf({ kind: "folds", foldSize: 2 }, 4));
  assertEquals(doubles.map(({ legs }) => legs.join("")), ["01", "02", "03", "12", "13", "23"]);
  const singles = linesOf(toWinOf({ kind: "folds", foldSize: 1 }, 3));
  assertEquals(singles.map(({ legs }) => legs), [[0], [1], [2]]);
  assertEquals(linesOf(toWinOf({ kind: "folds", foldSize: 6 }, 12)).length, 924);
  assertThrows(() => linesOf(toWinOf({ kind: "folds", foldSize: 3 }, 2)), RangeError);
});

Deno.test("linesOf() throws for more lines than MAX_LINES, which it counts without making them", () => {
  const tenFolds = toWinOf({ kind: "folds", foldSize: 10 }, 20);
  assertEquals(lineCount(tenFolds), 184_756);
  assertThrows(() => linesOf(tenFolds), RangeError, `${MAX_LINES}`);
  const eachWay = { ...toWinOf({ kind: "folds", foldSize: 6 }, 12), eachWay: true };
  assertThrows(() => linesOf(eachWay), RangeError, `${MAX_LINES}`);
});

Deno.test("totalStakeMinor() is the unit stake on every line", () => {
  const lucky: BetTerms = termsAt(["2", "3", "4", "5"], {
    type: { kind: "full_cover", name: "lucky_15" },
    unitStakeMinor: 25,
  });
  assertEquals(totalStakeMinor(lucky), 375);
  assertEquals(totalStakeMinor({ ...lucky, eachWay: true }), 750);
});

Deno.test("totalStakeMinor() throws beyond an amount, and not before", () => {
  const double = termsAt(["2", "3"], { type: { kind: "folds", foldSize: 1 } });
  const unitStakeMinor = MAX_AMOUNT_MINOR / 2;
  assertEquals(totalStakeMinor({ ...double, unitStakeMinor }), MAX_AMOUNT_MINOR);
  const over = { ...double, unitStakeMinor: unitStakeMinor + 1 };
  assertThrows(() => totalStakeMinor(over), RangeError);
});

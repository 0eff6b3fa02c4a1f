import { assertEquals, assertThrows } from "@std/assert";
import * as fc from "fast-check";
import { decidedReturnsMinor, type LegResult, UNRESOLVED } from "../../lib/domain/bet_returns.ts";
import type { BetTerms } from "../../lib/domain/bet_terms.ts";
import type { BetType, FullCover } from "../../lib/domain/bet_type.ts";
import {
  HALF_LOST,
  HALF_WON,
  type LegOutcome,
  LOST,
  VOID,
  WON,
} from "../../lib/domain/leg_outcome.ts";
import type { Rounding } from "../../lib/domain/price.ts";
import { termsAt, toWin } from "./some_terms.ts";

const TIED = { ...WON, deadHeat: { num: 1, den: 2 } } as const;

/** A bet of one line with a stake in minor units. */
function staked(unitStakeMinor: number, prices: readonly string[], rounding?: Rounding): BetTerms {
  return termsAt(prices, { unitStakeMinor, rounding: rounding ?? "floor" });
}

Deno.test("decidedReturnsMinor() 100.00 at 10/11 returns 190.91, not the 191.00 of a rounded price", () => {
  assertEquals(decidedReturnsMinor(staked(100_00, ["10/11"], "halfUp"), toWin(WON)), 190_91);
  assertEquals(decidedReturnsMinor(staked(100_00, ["10/11"], "floor"), toWin(WON)), 190_90);
});

Deno.test("decidedReturnsMinor() 100.00 at 2.060 and 4.550, both halved: 234.33 halfUp, 234.32 floor", () => {
  // The halves are what is left of the stake: a dead heat of two on each leg, at the full price.
  const both = toWin(TIED, TIED);
  const prices = ["2.060", "4.550"];
  assertEquals(decidedReturnsMinor(staked(100_00, prices, "halfUp"), both), 234_33);
  assertEquals(decidedReturnsMinor(staked(100_00, prices, "floor"), both), 234_32);
});

Deno.test("decidedReturnsMinor() refunds the half that a void factor leaves out, leg after leg", () => {
  // Of the same bet: 1.53 × 2.775, 1.53 × ½, ½ × ½ of the stake.
  const returns = (...outcomes: LegOutcome[]) =>
    decidedReturnsMinor(staked(100_00, ["2.060", "4.550"]), toWin(...outcomes));
  assertEquals(returns(HALF_WON, HALF_WON), 424_57);
  assertEquals(returns(HALF_WON, HALF_LOST), 76_50);
  assertEquals(returns(HALF_LOST, HALF_LOST), 25_00);
});

Deno.test("decidedReturnsMinor() 50.00 at 2.5, two tie for one place, returns 62.50", () => {
  assertEquals(decidedReturnsMinor(staked(50_00, ["2.5"]), toWin(TIED)), 62_50);
});

Deno.test("decidedReturnsMinor() 10.00 at 10/1 with Rule 4 of 70p returns 40.00", () => {
  const won = { ...WON, rule4Pence: 70 };
  assertEquals(decidedReturnsMinor(staked(10_00, ["10/1"]), toWin(won)), 40_00);
});

/** 20.00 each way at 16/1, a quarter of the odds for a place: 40.00 in all. */
const EACH_WAY = termsAt(["16/1"], { unitStakeMinor: 20_00, eachWay: true });
const EACH_WAY_RETURNS: readonly [string, LegResult, number][] = [
  ["finishes third of three places", { win: LOST, place: WON }, 100_00],
  ["wins", { win: WON, place: WON }, 440_00],
  ["ties for first: the win is shared, the place is not", { win: TIED, place: WON }, 270_00],
  ["ties for the last place", { win: LOST, place: TIED }, 50_00],
  ["does not run", { win: VOID, place: VOID }, 40_00],
  ["is nowhere", { win: LOST, place: LOST }, 0],
];

for (const [rule, result, returnsMinor] of EACH_WAY_RETURNS) {
  Deno.test(`decidedReturnsMinor() 20.00 each way at 16/1 that ${rule} returns ${returnsMinor}`, () => {
    assertEquals(decidedReturnsMinor(EACH_WAY, [result]), returnsMinor);
  });
}

Deno.test("decidedReturnsMinor() an each-way double is a win double and a place double", () => {
  const double = termsAt(["4/1", "8/1"], { unitStakeMinor: 1_00, eachWay: true });
  const won = { win: WON, place: WON };
  const placed = { win: LOST, place: WON };
  // 5 × 9 to win; 2 × 3 for the places.
  assertEquals(decidedReturnsMinor(double, [won, won]), 51_00);
  assertEquals(decidedReturnsMinor(double, [won, placed]), 6_00);
});

Deno.test("decidedReturnsMinor() a treble with a void leg is the double", () => {
  const prices = ["10/11", "6/4", "7/2"];
  for (const leg of [0, 1, 2]) {
    const outcomes = prices.map((_, index) => index === leg ? VOID : WON);
    const others = prices.filter((_, index) => index !== leg);
    const double = decidedReturnsMinor(staked(33_33, others), toWin(WON, WON));
    assertEquals(decidedReturnsMinor(staked(33_33, prices), toWin(...outcomes)), double);
  }
});

Deno.test("decidedReturnsMinor() a Yankee with a void leg: its trebles are doubles, its doubles singles", () => {
  const yankee = termsAt(["2", "3", "4", "5"], { type: { kind: "full_cover", name: "yankee" } });
  // Void at 2; a, b, c at 3, 4, 5: abc twice, each double twice, each single once.
  const units = 2 * 60 + 2 * (12 + 15 + 20) + (3 + 4 + 5);
  assertEquals(decidedReturnsMinor(yankee, toWin(VOID, WON, WON, WON)), units * 100);
});

Deno.test("decidedReturnsMinor() a Lucky 15 with one winner pays its single", () => {
  const lucky = termsAt(["2", "3", "4", "5"], { type: { kind: "full_cover", name: "lucky_15" } });
  assertEquals(decidedReturnsMinor(lucky, toWin(LOST, LOST, WON, LOST)), 400);
});

Deno.test("decidedReturnsMinor() refunds a bet whose every leg is void, exactly and whatever the maximum", () => {
  const goliath = termsAt(["10/11", "2.06", "1/3", "5/2", "11/8", "4.55", "16/1", "100/30"], {
    type: { kind: "full_cover", name: "goliath" },
    unitStakeMinor: 7,
    eachWay: true,
    maxPayoutMinor: 1,
  });
  const results = goliath.legs.map(() => ({ win: VOID, place: VOID }));
  assertEquals(decidedReturnsMinor(goliath, results), 2 * 247 * 7);
  assertEquals(decidedReturnsMinor({ ...goliath, rounding: "halfUp" }, results), 2 * 247 * 7);
});

Deno.test("decidedReturnsMinor() rounds once a bet, not once a line", () => {
  const trixie = termsAt(["1.5", "1.5", "1.5"], {
    type: { kind: "full_cover", name: "trixie" },
    unitStakeMinor: 1,
  });
  // Three doubles of 2.25 and a treble of 3.375 are 10.125; rounded line by line they would be 9.
  assertEquals(decidedReturnsMinor(trixie, toWin(WON, WON, WON)), 10);
  assertEquals(decidedReturnsMinor({ ...trixie, rounding: "halfUp" }, toWin(WON, WON, WON)), 10);
});

Deno.test("decidedReturnsMinor() pays no more than the maximum, which is applied after the rounding", () => {
  const bet = staked(100_00, ["10/11"], "halfUp");
  const capped = (maxPayoutMinor: number) =>
    decidedReturnsMinor({ ...bet, maxPayoutMinor }, toWin(WON));
  assertEquals([190_92, 190_91, 190_90].map(capped), [190_91, 190_91, 190_90]);
  // A maximum below the stake keeps no stake back.
  assertEquals(capped(1), 100_00);
});

Deno.test("decidedReturnsMinor() is an amount for 20 legs at the longest price there is", () => {
  const prices = Array.from({ length: 20 }, () => "10000");
  const returns = decidedReturnsMinor(staked(100, prices), toWin(...prices.map(() => WON)));
  assertEquals(returns, 1_000_000_000_000);
});

Deno.test("decidedReturnsMinor() an accumulator is lost with its first lost leg, and won with its last", () => {
  const treble = staked(100, ["2", "3", "4"]);
  assertEquals(decidedReturnsMinor(treble, toWin(null, null, null)), null);
  assertEquals(decidedReturnsMinor(treble, toWin(WON, null, WON)), null);
  assertEquals(decidedReturnsMinor(treble, toWin(WON, null, HALF_LOST)), null);
  assertEquals(decidedReturnsMinor(treble, toWin(null, LOST, null)), 0);
  assertEquals(decidedReturnsMinor(treble, toWin(WON, WON, WON)), 2_400);
});

Deno.test("decidedReturnsMinor() a system is lost as soon as every line has a lost leg", () => {
  const trixie = termsAt(["2", "3", "4"], { type: { kind: "full_cover", name: "trixie" } });
  assertEquals(decidedReturnsMinor(trixie, toWin(LOST, null, null)), null);
  // The double of the other two is still open, even though half of it is refunded by now.
  assertEquals(decidedReturnsMinor(trixie, toWin(LOST, HALF_LOST, null)), null);
  assertEquals(decidedReturnsMinor(trixie, toWin(LOST, LOST, null)), 0);
  const patent = { ...trixie, type: { kind: "full_cover", name: "patent" } } as const;
  assertEquals(decidedReturnsMinor(patent, toWin(LOST, LOST, null)), null);
});

Deno.test("decidedReturnsMinor() an each-way bet waits for its place part as well", () => {
  assertEquals(decidedReturnsMinor(EACH_WAY, [UNRESOLVED]), null);
  assertEquals(decidedReturnsMinor(EACH_WAY, [{ win: LOST, place: null }]), null);
  assertEquals(decidedReturnsMinor(EACH_WAY, [{ win: null, place: LOST }]), null);
  const toWinOnly = { ...EACH_WAY, eachWay: false };
  assertEquals(decidedReturnsMinor(toWinOnly, [{ win: LOST, place: null }]), 0);
});

Deno.test("decidedReturnsMinor() is decided exactly when no result to come can change it", () => {
  const known = fc.constantFrom<LegOutcome | null>(WON, LOST, LOST, VOID, null, null);
  const result = fc.record<LegResult>({ win: known, place: known });
  const type = fc.oneof(
    fc.integer({ min: 1, max: 3 }).map((foldSize): BetType => ({ kind: "folds", foldSize })),
    fc.constantFrom<FullCover>("trixie", "patent").map((name): BetType => ({
      ...{ kind: "full_cover", name },
    })),
  );
  fc.assert(
    fc.property(type, fc.boolean(), fc.tuple(result, result, result), (type, eachWay, results) => {
      const terms = termsAt(["10/11", "7/4", "16/1"], { type, eachWay });
      const ends = new Set(completions(results).map((all) => decidedReturnsMinor(terms, all)));
      const decided = decidedReturnsMinor(terms, results);
      assertEquals([...ends].length === 1 ? [...ends][0] : null, decided);
    }),
  );
});

/** Every way in which what is not known can still be won or lost. */
function completions(results: readonly LegResult[]): readonly (readonly LegResult[])[] {
  let all: readonly (readonly LegResult[])[] = [[]];
  for (const { win, place } of results) {
    const legs = (win ? [win] : [WON, LOST]).flatMap((win) =>
      (place ? [place] : [WON, LOST]).map((place) => ({ win, place }))
    );
    all = all.flatMap((before) => legs.map((leg) => [...before, leg]));
  }
  return all;
}

Deno.test("decidedReturnsMinor() throws when a leg has no result at all", () => {
  assertThrows(() => decidedReturnsMinor(staked(100, ["2", "3"]), toWin(WON)), RangeError, "leg 1");
});

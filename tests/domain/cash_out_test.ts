import { assert, assertEquals, assertThrows } from "@std/assert";
import * as fc from "fast-check";
import { type LegResult, UNRESOLVED } from "../../lib/domain/bet_returns.ts";
import { type BetTerms, payoutCapMinor } from "../../lib/domain/bet_terms.ts";
import { afterCashOut, cashOutMinor } from "../../lib/domain/cash_out.ts";
import { HALF_WON, LOST, VOID, WON } from "../../lib/domain/leg_outcome.ts";
import { maximumReturnsMinor } from "../../lib/domain/open_liability.ts";
import { anyPrice } from "./any_price.ts";
import { priced, termsAt, toWin } from "./some_terms.ts";

/** The offer for a bet at prices now; a leg without one is resolved. */
function offer(
  terms: BetTerms,
  pricesNow: readonly (string | null)[],
  more: { results?: readonly LegResult[]; unitStakeMinor?: number; marginBasisPoints?: number } =
    {},
): number {
  const { results = terms.legs.map(() => UNRESOLVED), marginBasisPoints = 0 } = more;
  const { unitStakeMinor = terms.unitStakeMinor } = more;
  const now = pricesNow.map((text) => text === null ? null : priced(text));
  return cashOutMinor({ terms, results, pricesNow: now }, { unitStakeMinor, marginBasisPoints });
}

const SINGLE = termsAt(["5"], { unitStakeMinor: 10_00 });

Deno.test("cashOutMinor() is the stake times the price taken over the price now", () => {
  assertEquals(offer(SINGLE, ["2"]), 25_00);
  assertEquals(offer(SINGLE, ["5"]), 10_00);
  assertEquals(offer(SINGLE, ["50"]), 1_00);
  // 50.00 at 3 now is 16.666…: an offer is rounded down, whatever the bet's returns are.
  assertEquals(offer(SINGLE, ["3"]), 16_66);
  assertEquals(offer({ ...SINGLE, rounding: "halfUp" }, ["3"]), 16_66);
});

Deno.test("cashOutMinor() keeps the margin, and rounds down once, after it", () => {
  assertEquals(offer(SINGLE, ["2"], { marginBasisPoints: 500 }), 23_75);
  // 16.666… less 5 % is 15.8333…; of 16.66 it would be 15.827.
  assertEquals(offer(SINGLE, ["3"], { marginBasisPoints: 500 }), 15_83);
  assertEquals(offer(SINGLE, ["2"], { marginBasisPoints: 10_000 }), 0);
});

Deno.test("cashOutMinor() of a multiple multiplies over its legs, resolved ones by what they became", () => {
  const treble = termsAt(["2", "3", "4"], { unitStakeMinor: 10_00 });
  assertEquals(offer(treble, ["2", "3", "2"]), 20_00);
  const after = (first: LegResult["win"]) =>
    offer(treble, [null, "3", "4"], { results: toWin(first, null, null) });
  assertEquals([after(WON), after(VOID), after(HALF_WON)], [20_00, 10_00, 15_00]);
});

Deno.test("cashOutMinor() of a system leaves lost lines out", () => {
  const trixie = termsAt(["2", "3", "4"], {
    type: { kind: "full_cover", name: "trixie" },
    unitStakeMinor: 10_00,
  });
  assertEquals(offer(trixie, ["2", "3", "4"]), 40_00);
  // One double is left, at the prices it was taken at.
  assertEquals(offer(trixie, [null, "3", "4"], { results: toWin(LOST, null, null) }), 10_00);
});

Deno.test("cashOutMinor() of an each-way bet prices the place at its fraction of the price now", () => {
  const eachWay = termsAt(["16/1"], { unitStakeMinor: 20_00, eachWay: true });
  // 17 over 9 to win and 5 over 3 for the place: 37.777… and 33.333…
  assertEquals(offer(eachWay, ["8/1"]), 71_11);
});

Deno.test("cashOutMinor() of a part is that part of the value", () => {
  assertEquals(offer(SINGLE, ["2"], { unitStakeMinor: 2_50 }), 6_25);
  assertEquals(offer(SINGLE, ["3"], { unitStakeMinor: 1 }), 1);
});

Deno.test("cashOutMinor() of a bet at its maximum payout is the value of that maximum", () => {
  // 50.00 would be won at 5; with 30.00 at most, an even chance of it is worth 15.00.
  const capped = { ...SINGLE, maxPayoutMinor: 30_00 };
  assertEquals(offer(capped, ["2"]), 15_00);
  assertEquals(offer(capped, ["2"], { unitStakeMinor: 5_00 }), 7_50);
});

Deno.test("cashOutMinor() throws for what cannot be cashed out", () => {
  assertThrows(() => offer(SINGLE, [null]), Error, "no price");
  assertThrows(() => offer(SINGLE, ["2"], { results: toWin(LOST) }), Error, "decided");
  for (const unitStakeMinor of [0, 10_01, 0.5]) {
    assertThrows(() => offer(SINGLE, ["2"], { unitStakeMinor }), RangeError);
  }
  for (const marginBasisPoints of [-1, 10_001, 0.5]) {
    assertThrows(() => offer(SINGLE, ["2"], { marginBasisPoints }), RangeError);
  }
});

Deno.test("afterCashOut() leaves the same bet for the rest of the stake, or nothing", () => {
  const terms = { ...SINGLE, maxPayoutMinor: 39_99 };
  const rest = afterCashOut(terms, { unitStakeMinor: 2_50 });
  assertEquals(rest, { ...terms, unitStakeMinor: 7_50, maxPayoutMinor: 29_99 });
  assertEquals(afterCashOut(terms, { unitStakeMinor: 10_00 }), null);
  assertThrows(() => afterCashOut(terms, { unitStakeMinor: 10_01 }), RangeError);
});

const anyBet = fc.record({
  legs: fc.array(fc.tuple(anyPrice, anyPrice), { minLength: 1, maxLength: 6 }),
  unitStakeMinor: fc.integer({ min: 2, max: 100_000 }),
  maxPayoutMinor: fc.integer({ min: 0, max: 1_000_000 }),
  marginBasisPoints: fc.integer({ min: 0, max: 10_000 }),
  singles: fc.boolean(),
}).map(({ legs, unitStakeMinor, maxPayoutMinor, marginBasisPoints, singles }) => {
  const terms = termsAt([], {
    type: singles ? { kind: "folds", foldSize: 1 } : { kind: "accumulator" },
    legs: legs.map(([price]) => ({ price, placeFraction: null })),
    unitStakeMinor,
    maxPayoutMinor,
  });
  const results = legs.map(() => UNRESOLVED);
  return { bet: { terms, results, pricesNow: legs.map(([, now]) => now) }, marginBasisPoints };
});

Deno.test("cashOutMinor() never offers more than the bet can return", () => {
  fc.assert(fc.property(anyBet, ({ bet, marginBasisPoints }) => {
    const { unitStakeMinor } = bet.terms;
    const offered = cashOutMinor(bet, { unitStakeMinor, marginBasisPoints });
    assert(offered >= 0 && offered <= maximumReturnsMinor(bet.terms, bet.results));
  }));
});

Deno.test("cashOutMinor() one part after the other is never more than at once, and hardly less", () => {
  const fraction = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(fc.property(anyBet, fraction, ({ bet, marginBasisPoints }, fraction) => {
    const whole = bet.terms.unitStakeMinor;
    const unitStakeMinor = 1 + Math.floor(fraction * (whole - 2));
    const first = cashOutMinor(bet, { unitStakeMinor, marginBasisPoints });
    const terms = afterCashOut(bet.terms, { unitStakeMinor });
    assert(terms);
    const ask = { unitStakeMinor: whole - unitStakeMinor, marginBasisPoints };
    const inParts = first + cashOutMinor({ ...bet, terms }, ask);
    // A penny for the second rounding down, and one for that of the maximum.
    const once = cashOutMinor(bet, { unitStakeMinor: whole, marginBasisPoints });
    assert(inParts <= once && inParts >= once - 2, `${inParts} of ${once}`);
  }));
});

Deno.test("afterCashOut() loses no stake, and both parts pay no more than the maximum", () => {
  fc.assert(fc.property(anyBet, ({ bet, marginBasisPoints }) => {
    const { terms } = bet;
    const unitStakeMinor = Math.ceil(terms.unitStakeMinor / 2);
    const paidMinor = cashOutMinor(bet, { unitStakeMinor, marginBasisPoints });
    const rest = afterCashOut(terms, { unitStakeMinor });
    assert(rest);
    assertEquals(rest.unitStakeMinor + unitStakeMinor, terms.unitStakeMinor);
    assert(paidMinor + maximumReturnsMinor(rest, bet.results) <= payoutCapMinor(terms));
  }));
});

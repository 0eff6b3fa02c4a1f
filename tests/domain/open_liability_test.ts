import { assertEquals } from "@std/assert";
import * as fc from "fast-check";
import { decidedReturnsMinor, UNRESOLVED } from "../../lib/domain/bet_returns.ts";
import { type BetTerms, type PricedLeg, totalStakeMinor } from "../../lib/domain/bet_terms.ts";
import type { SelectionRef } from "../../lib/domain/exposure.ts";
import { HALF_LOST, LOST, VOID, WON } from "../../lib/domain/leg_outcome.ts";
import { maximumReturnsMinor, openLiabilities } from "../../lib/domain/open_liability.ts";
import { returnsMinor } from "../../lib/domain/price.ts";
import { anyPrice } from "./any_price.ts";
import { legAt, termsAt, toWin } from "./some_terms.ts";

/** Legs at prices, each on "home" of its own match unless the test names another. */
function onMatches(
  prices: readonly string[],
  change: Partial<BetTerms> = {},
  matches: readonly string[] = ["one", "two", "three"],
): BetTerms<PricedLeg & SelectionRef> {
  const legs = prices.map((price, index) => ({
    ...legAt(price),
    marketId: matches[index] ?? "",
    selectionId: "home",
  }));
  return { ...termsAt([], change), legs };
}

const on = (marketId: string, liabilityMinor: number) => ({
  ...{ marketId, selectionId: "home", liabilityMinor },
});

const NOTHING_KNOWN = [UNRESOLVED, UNRESOLVED, UNRESOLVED];

Deno.test("openLiabilities() of a multiple is all it can cost, on each of its legs", () => {
  // 1.00 at 2, 3 and 4 returns 24.00.
  const liabilities = openLiabilities(onMatches(["2", "3", "4"]), NOTHING_KNOWN);
  assertEquals(liabilities, [on("one", 2_300), on("two", 2_300), on("three", 2_300)]);
});

Deno.test("openLiabilities() of a system is its lines' returns together less the whole stake", () => {
  // Doubles of 6, 8 and 12 and a treble of 24 are 50.00 for 4.00.
  const trixie = onMatches(["2", "3", "4"], { type: { kind: "full_cover", name: "trixie" } });
  const liabilities = openLiabilities(trixie, NOTHING_KNOWN);
  assertEquals(liabilities, [on("one", 4_600), on("two", 4_600), on("three", 4_600)]);
});

Deno.test("openLiabilities() of an each-way bet counts both parts, until both are known", () => {
  // 20.00 each way at 16/1: 340.00 and 100.00 for 40.00.
  const eachWay = onMatches(["16/1"], { unitStakeMinor: 20_00, eachWay: true });
  assertEquals(openLiabilities(eachWay, [UNRESOLVED]), [on("one", 400_00)]);
  assertEquals(openLiabilities(eachWay, [{ win: LOST, place: null }]), [on("one", 60_00)]);
  assertEquals(openLiabilities(eachWay, [{ win: LOST, place: WON }]), []);
});

Deno.test("openLiabilities() adds two legs on one selection", () => {
  const bet = onMatches(["2", "3", "4"], {}, ["one", "two", "one"]);
  assertEquals(openLiabilities(bet, NOTHING_KNOWN), [on("one", 4_600), on("two", 2_300)]);
  const resolved = [{ win: WON, place: null }, UNRESOLVED, UNRESOLVED];
  assertEquals(openLiabilities(bet, resolved), [on("two", 2_300), on("one", 2_300)]);
});

Deno.test("openLiabilities() follows what is known: a void leg takes its price away", () => {
  const bet = onMatches(["2", "3", "4"]);
  const liabilities = openLiabilities(bet, toWin(VOID, null, null));
  assertEquals(liabilities, [on("two", 1_100), on("three", 1_100)]);
});

Deno.test("openLiabilities() of a bet that is decided is nothing", () => {
  assertEquals(openLiabilities(onMatches(["2", "3", "4"]), toWin(LOST, null, null)), []);
  assertEquals(openLiabilities(onMatches(["2"]), toWin(WON)), []);
});

Deno.test("openLiabilities() is never below 0, also when the rest cannot win the stake back", () => {
  const bet = onMatches(["2", "1.5"]);
  assertEquals(openLiabilities(bet, toWin(HALF_LOST, null)), [on("two", 0)]);
});

Deno.test("openLiabilities() counts no more than the maximum payout", () => {
  const bet = onMatches(["2", "3"], { maxPayoutMinor: 350 });
  assertEquals(openLiabilities(bet, NOTHING_KNOWN), [on("one", 250), on("two", 250)]);
});

Deno.test("maximumReturnsMinor() of one line is what returnsMinor() says of its prices", () => {
  const stake = fc.integer({ min: 1, max: 10_000 });
  const rounding = fc.constantFrom("floor" as const, "halfUp" as const);
  fc.assert(fc.property(stake, anyPrice, anyPrice, rounding, (stakeMinor, a, b, rounding) => {
    const legs = [a, b].map((price) => ({ price, placeFraction: null }));
    const terms = termsAt([], { legs, unitStakeMinor: stakeMinor, rounding });
    const most = maximumReturnsMinor(terms, [UNRESOLVED, UNRESOLVED]);
    assertEquals(most, returnsMinor({ stakeMinor, prices: [a, b], rounding }));
  }));
});

Deno.test("openLiabilities() bounds what the bet costs, however its open legs end", () => {
  const outcome = fc.constantFrom(WON, LOST, VOID, HALF_LOST, null);
  const resolved = outcome.map((one) => one ?? WON);
  const three = fc.tuple(outcome, outcome, outcome);
  const name = fc.constantFrom("trixie" as const, "patent" as const);
  fc.assert(
    fc.property(three, fc.tuple(resolved, resolved, resolved), name, (known, ends, name) => {
      const bet = onMatches(["10/11", "7/4", "16/1"], { type: { kind: "full_cover", name } });
      const liabilities = openLiabilities(bet, toWin(...known));
      const returns = decidedReturnsMinor(
        bet,
        toWin(...known.map((one, leg) => one ?? ends[leg]!)),
      );
      for (const { liabilityMinor } of liabilities) {
        assertEquals((returns ?? 0) - totalStakeMinor(bet) <= liabilityMinor, true);
      }
    }),
  );
});

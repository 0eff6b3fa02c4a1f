import { assertEquals } from "@std/assert";
import { flawOf, relatedLegs } from "../../lib/domain/bet_flaw.ts";
import type { BetTerms } from "../../lib/domain/bet_terms.ts";
import { totalStakeMinor } from "../../lib/domain/bet_terms.ts";
import { linesOf } from "../../lib/domain/lines.ts";
import { MAX_AMOUNT_MINOR } from "../../lib/domain/money.ts";
import { legAt, termsAt } from "./some_terms.ts";

const THREE = ["2", "3", "4"];
const EVENTS = ["derby", "oaks", "leger"];
const TRIXIE = { kind: "full_cover", name: "trixie" } as const;

function manyLegs(legCount: number, change: Partial<BetTerms> = {}) {
  const terms = termsAt(Array.from({ length: legCount }, () => "2"), change);
  return { terms, events: terms.legs.map((_, leg) => `event ${leg}`) };
}

Deno.test("flawOf() is null for a bet that can be taken", () => {
  assertEquals(flawOf(termsAt(THREE), EVENTS), null);
  assertEquals(flawOf(termsAt(THREE, { type: TRIXIE, eachWay: true }), EVENTS), null);
  const { terms, events } = manyLegs(20);
  assertEquals(flawOf(terms, events), null);
});

Deno.test("flawOf() leg_count: the type says how many legs there can be", () => {
  const { terms, events } = manyLegs(21);
  assertEquals(flawOf(terms, events), { kind: "leg_count", leastLegs: 1, mostLegs: 20 });
  assertEquals(flawOf(termsAt([]), []), { kind: "leg_count", leastLegs: 1, mostLegs: 20 });
  const exactly = { kind: "leg_count", leastLegs: 3, mostLegs: 3 } as const;
  assertEquals(flawOf(termsAt(["2", "3"], { type: TRIXIE }), ["derby", "oaks"]), exactly);
  const trebles = termsAt(["2", "3"], { type: { kind: "folds", foldSize: 3 } });
  const atLeast = { kind: "leg_count", leastLegs: 3, mostLegs: 20 } as const;
  assertEquals(flawOf(trebles, ["derby", "oaks"]), atLeast);
});

Deno.test("flawOf() too_many_lines: folds of many legs", () => {
  const { terms, events } = manyLegs(20, { type: { kind: "folds", foldSize: 3 } });
  const flaw = { kind: "too_many_lines", lineCount: 1_140, mostLines: 1_000 } as const;
  assertEquals(flawOf(terms, events), flaw);
});

Deno.test("flawOf() related_legs: two legs of one event in one line", () => {
  const events = ["derby", "oaks", "derby"];
  const flaw = { kind: "related_legs", legs: [0, 2] } as const;
  assertEquals(flawOf(termsAt(THREE), events), flaw);
  assertEquals(flawOf(termsAt(THREE, { type: TRIXIE }), events), flaw);
});

Deno.test("flawOf() finds singles of one event unrelated: no line has two of them", () => {
  const singles = termsAt(THREE, { type: { kind: "folds", foldSize: 1 } });
  assertEquals(flawOf(singles, ["derby", "derby", "derby"]), null);
});

Deno.test("flawOf() no_places: each-way on a leg that pays none", () => {
  const legs = [legAt("2"), legAt("3", null)];
  const flaw = { kind: "no_places", leg: 1 } as const;
  assertEquals(flawOf(termsAt([], { legs, eachWay: true }), ["derby", "oaks"]), flaw);
  assertEquals(flawOf(termsAt([], { legs }), ["derby", "oaks"]), null);
});

Deno.test("flawOf() total_stake: all lines together are beyond an amount", () => {
  const mostUnitStakeMinor = MAX_AMOUNT_MINOR / 4;
  const terms = termsAt(THREE, { type: TRIXIE, unitStakeMinor: mostUnitStakeMinor });
  assertEquals(flawOf(terms, EVENTS), null);
  assertEquals(totalStakeMinor(terms), MAX_AMOUNT_MINOR);
  const over = { ...terms, unitStakeMinor: mostUnitStakeMinor + 1 };
  assertEquals(flawOf(over, EVENTS), { kind: "total_stake", mostUnitStakeMinor });
});

Deno.test("flawOf() of two flaws gives the earlier in the order of the union", () => {
  const legs = [legAt("2"), legAt("3", null), legAt("4")];
  const related = ["derby", "oaks", "derby"];
  const all = termsAt([], { legs, eachWay: true, unitStakeMinor: MAX_AMOUNT_MINOR });
  const kinds = [
    flawOf(all, related),
    flawOf(all, EVENTS),
    flawOf({ ...all, eachWay: false, type: TRIXIE }, EVENTS),
  ].map((flaw) => flaw?.kind);
  assertEquals(kinds, ["related_legs", "no_places", "total_stake"]);
});

Deno.test("flawOf() null means that the lines can be made", () => {
  for (let legCount = 1; legCount <= 20; legCount++) {
    for (let foldSize = 1; foldSize <= legCount; foldSize++) {
      const { terms, events } = manyLegs(legCount, { type: { kind: "folds", foldSize } });
      if (flawOf(terms, events) !== null) continue;
      const lines = linesOf({ type: terms.type, legCount, eachWay: false });
      assertEquals(totalStakeMinor(terms), lines.length * terms.unitStakeMinor);
    }
  }
});

Deno.test("relatedLegs() are all legs that share an event, ascending", () => {
  assertEquals(relatedLegs([]), []);
  assertEquals(relatedLegs(["a", "b", "c"]), []);
  assertEquals(relatedLegs(["a", "b", "c", "b", "a", "b"]), [0, 1, 3, 4, 5]);
  assertEquals(relatedLegs(["__proto__", "constructor", "__proto__"]), [0, 2]);
});

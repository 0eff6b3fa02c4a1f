import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { Refusal } from "../../lib/domain/refusals.ts";
import { problemDocument } from "../../lib/http/problem.ts";
import { refusalProblem } from "../../lib/http/refusal_problem.ts";

const REFUSALS: { readonly [Kind in Refusal["kind"]]: Refusal & { kind: Kind } } = {
  selection_unknown: { kind: "selection_unknown", marketId: "m", selectionId: "s", leg: 1 },
  market_closed: { kind: "market_closed", marketId: "m", leg: 0 },
  market_suspended: { kind: "market_suspended", marketId: "m", leg: 0 },
  stake_out_of_range: { kind: "stake_out_of_range", minStakeMinor: 10, maxStakeMinor: 10_000_000 },
  price_changed: {
    kind: "price_changed",
    marketId: "m",
    selectionId: "s",
    leg: 0,
    quotedPrice: { num: 7, den: 2 },
    currentPrice: { num: 13, den: 4 },
  },
  insufficient_funds: { kind: "insufficient_funds", availableMinor: 123_456 },
};

Deno.test("refusalProblem() gives each refusal its slug and status", () => {
  const answers = Object.values(REFUSALS).map((refusal) => {
    const { type, status } = problemDocument(refusalProblem(refusal));
    return [refusal.kind, status, type.replace("urn:holdfast:problem:", "")];
  });
  assertEquals(answers, [
    ["selection_unknown", 404, "not-found"],
    ["market_closed", 409, "market-closed"],
    ["market_suspended", 409, "market-suspended"],
    ["stake_out_of_range", 422, "stake-out-of-range"],
    ["price_changed", 409, "price-changed"],
    ["insufficient_funds", 409, "insufficient-funds"],
  ]);
});

Deno.test("refusalProblem() tells what it means for the money, every time", () => {
  for (const refusal of Object.values(REFUSALS)) {
    assertMatch(refusalProblem(refusal).detail, /Nothing was charged\./, refusal.kind);
  }
});

Deno.test("refusalProblem() carries the re-offer of a price, exact and for reading", () => {
  const document = problemDocument(refusalProblem(REFUSALS.price_changed));
  assertStringIncludes(document.detail, "The price moved from 5/2 to 9/4 before");
  assertEquals(document.quotedPrice, { num: 7, den: 2 });
  assertEquals(document.currentPrice, { num: 13, den: 4 });
  assertEquals(document.currentPriceDisplay, {
    decimal: "3.25",
    fractional: "9/4",
    american: "+225",
  });
});

Deno.test("refusalProblem() carries limits, funds and the place of an unknown selection", () => {
  const outOfRange = refusalProblem(REFUSALS.stake_out_of_range);
  assertEquals(outOfRange.members, { minStakeMinor: 10, maxStakeMinor: 10_000_000 });
  assertStringIncludes(outOfRange.detail, "from £0.10 to £100,000.00");
  const short = refusalProblem(REFUSALS.insufficient_funds);
  assertEquals(short.members, { availableMinor: 123_456 });
  assertStringIncludes(short.detail, "£1,234.56");
  const unknown = refusalProblem(REFUSALS.selection_unknown);
  assertEquals(unknown.members?.errors?.[0]?.pointer, "/legs/1/selectionId");
});

Deno.test("problemDocument() names no occurrence unless it is given one", () => {
  const problem = refusalProblem(REFUSALS.market_closed);
  assertEquals("instance" in problemDocument(problem), false);
  assertEquals(problemDocument(problem, "id-1").instance, "urn:holdfast:support:id-1");
});

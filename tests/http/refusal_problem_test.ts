import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { Refusal } from "../../lib/domain/refusals.ts";
import { problemDocument } from "../../lib/http/problem.ts";
import { refusalProblem } from "../../lib/http/refusal_problem.ts";
import { NOON_MS } from "../given.ts";

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
  liability_cap: {
    kind: "liability_cap",
    marketId: "m",
    selectionId: "s",
    leg: 0,
    maxStakeMinor: 1_240,
  },
  hold_unknown: { kind: "hold_unknown", holdId: "hold_1" },
  hold_expired: { kind: "hold_expired", holdId: "hold_1", expiresAtMs: NOON_MS },
  hold_not_pending: { kind: "hold_not_pending", holdId: "hold_1", status: "voided" },
  hold_active: { kind: "hold_active", holdId: "hold_1", expiresAtMs: NOON_MS },
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
    ["liability_cap", 409, "liability-cap"],
    ["hold_unknown", 404, "not-found"],
    ["hold_expired", 410, "hold-expired"],
    ["hold_not_pending", 409, "hold-not-pending"],
    ["hold_active", 409, "hold-active"],
  ]);
});

Deno.test("refusalProblem() tells what it means for the money, every time", () => {
  for (const refusal of Object.values(REFUSALS)) {
    assertMatch(refusalProblem(refusal).detail, /Nothing was charged[.,]/, refusal.kind);
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

Deno.test("refusalProblem() offers the stake that is left under the cap, and none when none is", () => {
  const some = refusalProblem(REFUSALS.liability_cap);
  assertEquals(some.members, { maxStakeMinor: 1_240 });
  assertStringIncludes(some.detail, "Stake £12.40 instead, or leave it?");
  const none = refusalProblem({ ...REFUSALS.liability_cap, maxStakeMinor: 0 });
  assertEquals(none.members, { maxStakeMinor: 0 });
  assertEquals(none.detail.includes("£"), false, none.detail);
});

Deno.test("refusalProblem() tells a hold that became a bet from one that was given up", () => {
  const posted = refusalProblem({ ...REFUSALS.hold_not_pending, status: "posted" });
  assertEquals(posted.members, { holdId: "hold_1", holdStatus: "posted" });
  assertStringIncludes(posted.detail, "it is a bet");
  assertStringIncludes(posted.detail, "Nothing more was charged.");
  const voided = refusalProblem(REFUSALS.hold_not_pending);
  assertEquals(voided.members, { holdId: "hold_1", holdStatus: "voided" });
  assertStringIncludes(voided.detail, "given up");
});

Deno.test("refusalProblem() says until when a hold runs, or ran", () => {
  for (const refusal of [REFUSALS.hold_expired, REFUSALS.hold_active]) {
    assertEquals(refusalProblem(refusal).members, {
      holdId: "hold_1",
      expiresAt: "2026-01-01T12:00:00.000Z",
    });
  }
});

Deno.test("problemDocument() names no occurrence unless it is given one", () => {
  const problem = refusalProblem(REFUSALS.market_closed);
  assertEquals("instance" in problemDocument(problem), false);
  assertEquals(problemDocument(problem, "id-1").instance, "urn:holdfast:support:id-1");
});

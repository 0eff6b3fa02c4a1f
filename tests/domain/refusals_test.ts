import { assertEquals } from "@std/assert";
import * as fc from "fast-check";
import { rankingOf } from "../../lib/domain/precedence.ts";
import {
  accept,
  type Refusal,
  REFUSAL_PRECEDENCE,
  refuse,
  strongest,
} from "../../lib/domain/refusals.ts";

const price = { num: 5, den: 2 };
const at = { marketId: "match", selectionId: "home", leg: 0 };
const held = { holdId: "hold_alice00000000000_3", expiresAtMs: 1_767_268_830_000 };

/** One of each kind; the type makes sure that none is left out. */
const EACH: { readonly [Kind in Refusal["kind"]]: Extract<Refusal, { kind: Kind }> } = {
  selection_unknown: { kind: "selection_unknown", ...at },
  market_closed: { kind: "market_closed", marketId: "match", leg: 0 },
  market_suspended: { kind: "market_suspended", marketId: "match", leg: 0 },
  stake_out_of_range: { kind: "stake_out_of_range", minStakeMinor: 1, maxStakeMinor: 2 },
  price_changed: { kind: "price_changed", ...at, quotedPrice: price, currentPrice: price },
  insufficient_funds: { kind: "insufficient_funds", availableMinor: 0 },
  liability_cap: { kind: "liability_cap", ...at, maxStakeMinor: 0 },
  hold_unknown: { kind: "hold_unknown", holdId: held.holdId },
  hold_expired: { kind: "hold_expired", ...held },
  hold_not_pending: { kind: "hold_not_pending", holdId: held.holdId, status: "posted" },
  hold_active: { kind: "hold_active", ...held },
};

Deno.test("REFUSAL_PRECEDENCE ranks every kind of refusal once", () => {
  assertEquals(REFUSAL_PRECEDENCE.toSorted(), Object.keys(EACH).toSorted());
});

Deno.test("REFUSAL_PRECEDENCE is what can never be had, then not now, then what can be changed", () => {
  assertEquals(REFUSAL_PRECEDENCE, [
    "hold_unknown",
    "hold_expired",
    "hold_not_pending",
    "selection_unknown",
    "market_closed",
    "market_suspended",
    "stake_out_of_range",
    "price_changed",
    "hold_active",
    "insufficient_funds",
    "liability_cap",
  ]);
});

Deno.test("strongest() answers the same for the same refusals in any order", () => {
  const some = fc.shuffledSubarray(Object.values(EACH), { minLength: 1 });
  fc.assert(fc.property(some, (refusals: Refusal[]) => {
    const ranks = refusals.map(({ kind }) => REFUSAL_PRECEDENCE.indexOf(kind));
    assertEquals(strongest(refusals), EACH[REFUSAL_PRECEDENCE[Math.min(...ranks)]!]);
  }));
});

Deno.test("strongest() answers the earlier of two of one kind, and null for none", () => {
  const first = { kind: "market_closed", marketId: "match", leg: 0 } as const;
  const second = { kind: "market_closed", marketId: "match", leg: 1 } as const;
  assertEquals(strongest([EACH.insufficient_funds, first, second]), first);
  assertEquals(strongest([]), null);
});

Deno.test("accept() and refuse() say which they are", () => {
  assertEquals(accept(7), { ok: true, value: 7 });
  assertEquals(refuse(EACH.market_closed), { ok: false, refusal: EACH.market_closed });
});

Deno.test("rankingOf() takes every kind, and its type names one that is missing", () => {
  const ranking = rankingOf<"first" | "second">();
  assertEquals(ranking(["second", "first"]), ["second", "first"]);
  // @ts-expect-error: "second" is missing.
  assertEquals(ranking(["first"]), ["first"]);
});

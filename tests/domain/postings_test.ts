import { assertEquals } from "@std/assert";
import * as fc from "fast-check";
import { MAX_AMOUNT_MINOR } from "../../lib/domain/money.ts";
import { sumOfPostings, transfer } from "../../lib/domain/postings.ts";

Deno.test("transfer() takes from one account what it gives to the other", () => {
  assertEquals(transfer({ from: "player_cash", to: "player_at_risk", amountMinor: 250 }), [
    { account: "player_cash", amountMinor: -250 },
    { account: "player_at_risk", amountMinor: 250 },
  ]);
});

Deno.test("transfer() sums to zero for every amount", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: MAX_AMOUNT_MINOR }), (amountMinor) => {
    assertEquals(sumOfPostings(transfer({ from: "external", to: "house", amountMinor })), 0n);
  }));
});

Deno.test("sumOfPostings() is exact beyond the safe integers", () => {
  const largest = { account: "house", amountMinor: Number.MAX_SAFE_INTEGER } as const;
  const two = { account: "house", amountMinor: 2 } as const;
  assertEquals(sumOfPostings([largest, two]), 9_007_199_254_740_993n);
  assertEquals(sumOfPostings([]), 0n);
});

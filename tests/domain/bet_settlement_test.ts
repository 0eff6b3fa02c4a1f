import { assertEquals, assertThrows } from "@std/assert";
import { settlementPostings } from "../../lib/domain/bet_settlement.ts";
import { MAX_AMOUNT_MINOR } from "../../lib/domain/money.ts";
import { sumOfPostings } from "../../lib/domain/postings.ts";

Deno.test("settlementPostings() of a won bet: the house pays what the stake does not", () => {
  assertEquals(settlementPostings({ stakeMinor: 100, returnsMinor: 250 }), [
    { account: "player_at_risk", amountMinor: -100 },
    { account: "player_cash", amountMinor: 250 },
    { account: "house", amountMinor: -150 },
  ]);
});

Deno.test("settlementPostings() of a lost bet: the house has the stake", () => {
  assertEquals(settlementPostings({ stakeMinor: 100, returnsMinor: 0 }), [
    { account: "player_at_risk", amountMinor: -100 },
    { account: "house", amountMinor: 100 },
  ]);
});

Deno.test("settlementPostings() of a refund: the house has no part in it", () => {
  assertEquals(settlementPostings({ stakeMinor: 100, returnsMinor: 100 }), [
    { account: "player_at_risk", amountMinor: -100 },
    { account: "player_cash", amountMinor: 100 },
  ]);
});

Deno.test("settlementPostings() sum to zero, and throw for what is no amount", () => {
  const amounts = [0, 1, 99, 12_345, MAX_AMOUNT_MINOR];
  for (const stakeMinor of amounts) {
    for (const returnsMinor of amounts) {
      assertEquals(sumOfPostings(settlementPostings({ stakeMinor, returnsMinor })), 0n);
    }
  }
  for (const none of [-1, 0.5, MAX_AMOUNT_MINOR + 1]) {
    assertThrows(() => settlementPostings({ stakeMinor: none, returnsMinor: 0 }), RangeError);
    assertThrows(() => settlementPostings({ stakeMinor: 1, returnsMinor: none }), RangeError);
  }
});

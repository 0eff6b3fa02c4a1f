import { assertEquals, assertThrows } from "@std/assert";
import type { AccountState } from "../../lib/domain/account.ts";
import { decide } from "../../lib/domain/decide.ts";
import type { MarketState } from "../../lib/domain/market.ts";
import { MAX_AMOUNT_MINOR } from "../../lib/domain/money.ts";
import { aBet, ALICE, MATCH, NOON_MS, openedWith } from "../given.ts";

const NO_MARKETS: ReadonlyMap<string, MarketState> = new Map();
const MARKETS: ReadonlyMap<string, MarketState> = new Map([[MATCH.id, MATCH]]);

function accountWith(balanceMinor: number, change: Partial<AccountState> = {}): AccountState {
  return { ...openedWith(ALICE, balanceMinor)[1].state, ...change };
}

Deno.test("decide() opens an account that is not there, and throws for one that is", () => {
  const open = { type: "open", accountId: ALICE, currency: "GBP" } as const;
  assertEquals(decide({ account: null, markets: NO_MARKETS }, open), {
    type: "account.opened",
    currency: "GBP",
    postings: [],
  });
  assertThrows(() => decide({ account: accountWith(1), markets: NO_MARKETS }, open), Error, "open");
});

Deno.test("decide() moves a deposit from outside into the player's cash", () => {
  const account = accountWith(5);
  assertEquals(decide({ account, markets: NO_MARKETS }, { type: "deposit", amountMinor: 70 }), {
    type: "deposit.accepted",
    amountMinor: 70,
    postings: [
      { account: "external", amountMinor: -70 },
      { account: "player_cash", amountMinor: 70 },
    ],
  });
});

Deno.test("decide() takes deposits from 1 to what still fits an amount, and throws beyond", () => {
  const account = accountWith(100, { atRiskMinor: 50 });
  const seen = { account, markets: NO_MARKETS };
  const highest = MAX_AMOUNT_MINOR - 150;
  for (const amountMinor of [1, highest]) {
    assertEquals(decide(seen, { type: "deposit", amountMinor }).type, "deposit.accepted");
  }
  for (const amountMinor of [0, -1, 0.5, NaN, Infinity, highest + 1]) {
    assertThrows(() => decide(seen, { type: "deposit", amountMinor }), RangeError);
  }
});

Deno.test("decide() throws for a deposit or a bet without an account", () => {
  const seen = { account: null, markets: MARKETS };
  assertThrows(() => decide(seen, { type: "deposit", amountMinor: 1 }), Error, "not open");
  assertThrows(() => decide(seen, aBet()), Error, "not open");
});

Deno.test("place() accepts a bet and moves its stake from cash to risk", () => {
  assertEquals(decide({ account: accountWith(1_000), markets: MARKETS }, aBet()), {
    type: "bet.placed",
    bet: {
      id: "bet_alice00000000000_3",
      requestId: "request-1",
      accountId: ALICE,
      status: "open",
      legs: [{
        marketId: "match",
        selectionId: "home",
        price: { num: 5, den: 2 },
        marketVersion: 7,
      }],
      stakeMinor: 100,
      currency: "GBP",
      rounding: "floor",
      potentialReturnsMinor: 250,
      placedAtMs: NOON_MS,
    },
    priceChange: "none",
    postings: [
      { account: "player_cash", amountMinor: -100 },
      { account: "player_at_risk", amountMinor: 100 },
    ],
  });
});

Deno.test("place() takes the current price and its returns when the customer lets it move", () => {
  const bet = aBet({
    legs: [{ marketId: "match", selectionId: "home", price: { num: 2, den: 1 } }],
    priceChange: "higher",
  });
  const event = decide({ account: accountWith(1_000), markets: MARKETS }, bet);
  assertEquals(event.type === "bet.placed" && event.bet.legs[0]?.price, { num: 5, den: 2 });
  assertEquals(event.type === "bet.placed" && event.bet.potentialReturnsMinor, 250);
});

Deno.test("place() rounds returns by the policy in force and keeps it on the bet", () => {
  const away = { marketId: "match", selectionId: "away", price: { num: 21, den: 11 } };
  const seen = { account: accountWith(10_000), markets: MARKETS };
  for (const [rounding, returns] of [["floor", 19_090], ["halfUp", 19_091]] as const) {
    const event = decide(seen, aBet({ legs: [away], stakeMinor: 10_000, rounding }));
    assertEquals(event.type === "bet.placed" && event.bet.potentialReturnsMinor, returns);
    assertEquals(event.type === "bet.placed" && event.bet.rounding, rounding);
  }
});

Deno.test("place() takes the stake limits themselves and refuses what is outside them", () => {
  const seen = { account: accountWith(1_000), markets: MARKETS };
  const limits = { minStakeMinor: 10, maxStakeMinor: 500 };
  for (const stakeMinor of [10, 11, 500]) {
    assertEquals(decide(seen, aBet({ ...limits, stakeMinor })).type, "bet.placed");
  }
  for (const stakeMinor of [9, 501, 0, -10]) {
    const event = decide(seen, aBet({ ...limits, stakeMinor }));
    assertEquals(event.type === "bet.refused" && event.refusal, {
      kind: "stake_out_of_range",
      ...limits,
    });
  }
});

Deno.test("place() takes the last penny that is available and refuses one more", () => {
  const seen = { account: accountWith(100), markets: MARKETS };
  assertEquals(decide(seen, aBet({ stakeMinor: 100 })).type, "bet.placed");
  const event = decide(seen, aBet({ stakeMinor: 101 }));
  assertEquals(event.type === "bet.refused" && event.refusal, {
    kind: "insufficient_funds",
    availableMinor: 100,
  });
});

Deno.test("place() counts what is held as not available", () => {
  const seen = { account: accountWith(100, { heldMinor: 30 }), markets: MARKETS };
  assertEquals(decide(seen, aBet({ stakeMinor: 70 })).type, "bet.placed");
  const event = decide(seen, aBet({ stakeMinor: 71 }));
  assertEquals(event.type === "bet.refused" && event.refusal, {
    kind: "insufficient_funds",
    availableMinor: 70,
  });
});

Deno.test("place() records a refused bet as it was asked, without postings", () => {
  const { legs } = aBet();
  const seen = { account: accountWith(50), markets: MARKETS };
  assertEquals(decide(seen, aBet({ priceChange: "any" })), {
    type: "bet.refused",
    legs,
    stakeMinor: 100,
    priceChange: "any",
    refusal: { kind: "insufficient_funds", availableMinor: 50 },
    postings: [],
  });
});

Deno.test("place() refuses all legs when one cannot be had, and names it", () => {
  const good = { marketId: "match", selectionId: "home", price: { num: 5, den: 2 } };
  const bad = { ...good, marketId: "nowhere" };
  const seen = { account: accountWith(1_000), markets: MARKETS };
  const event = decide(seen, aBet({ legs: [good, bad] }));
  assertEquals(event.type === "bet.refused" && event.refusal, {
    kind: "selection_unknown",
    marketId: "nowhere",
    selectionId: "home",
    leg: 1,
  });
});

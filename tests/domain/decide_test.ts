import { assertEquals, assertThrows } from "@std/assert";
import type { AccountState } from "../../lib/domain/account.ts";
import { decide, type Seen } from "../../lib/domain/decide.ts";
import { MAX_AMOUNT_MINOR } from "../../lib/domain/money.ts";
import {
  aBet,
  aHold,
  ALICE,
  anAuthorisation,
  decideOne,
  HOLD_MS,
  MATCH,
  NOON_MS,
  NOTHING,
  openedWith,
} from "../given.ts";

/** What a decision sees on {@link MATCH}. */
const ON_MATCH: Seen = { ...NOTHING, markets: new Map([[MATCH.id, MATCH]]) };

function accountWith(balanceMinor: number, change: Partial<AccountState> = {}): AccountState {
  return { ...openedWith(ALICE, balanceMinor)[1].state, ...change };
}

Deno.test("decide() opens an account that is not there, and throws for one that is", () => {
  const open = { type: "open", accountId: ALICE, currency: "GBP" } as const;
  assertEquals(decideOne(NOTHING, open), {
    type: "account.opened",
    currency: "GBP",
    postings: [],
  });
  assertThrows(() => decide({ ...NOTHING, account: accountWith(1) }, open), Error, "open");
});

Deno.test("decide() moves a deposit from outside into the player's cash", () => {
  const account = accountWith(5);
  assertEquals(decideOne({ ...NOTHING, account }, { type: "deposit", amountMinor: 70 }), {
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
  const seen = { ...NOTHING, account };
  const highest = MAX_AMOUNT_MINOR - 150;
  for (const amountMinor of [1, highest]) {
    assertEquals(decideOne(seen, { type: "deposit", amountMinor }).type, "deposit.accepted");
  }
  for (const amountMinor of [0, -1, 0.5, NaN, Infinity, highest + 1]) {
    assertThrows(() => decideOne(seen, { type: "deposit", amountMinor }), RangeError);
  }
});

Deno.test("decide() throws for whatever is asked of an account that is not there", () => {
  const about = { holdId: "hold_alice00000000000_3", atMs: NOON_MS + HOLD_MS };
  for (
    const command of [
      { type: "deposit", amountMinor: 1 },
      aBet(),
      anAuthorisation(),
      { type: "confirm", ...about, betId: "bet_alice00000000000_3", requestId: "request-1" },
      { type: "void", ...about },
      { type: "expire", ...about },
    ] as const
  ) {
    assertThrows(() => decide(ON_MATCH, command), Error, "not open");
  }
});

Deno.test("place() accepts a bet and moves its stake from cash to risk", () => {
  assertEquals(decideOne({ ...ON_MATCH, account: accountWith(1_000) }, aBet()), {
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
        marketVersion: 1,
      }],
      stakeMinor: 100,
      currency: "GBP",
      rounding: "floor",
      potentialReturnsMinor: 250,
      placedAtMs: NOON_MS,
    },
    hold: null,
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
  const event = decideOne({ ...ON_MATCH, account: accountWith(1_000) }, bet);
  assertEquals(event.type === "bet.placed" && event.bet.legs[0]?.price, { num: 5, den: 2 });
  assertEquals(event.type === "bet.placed" && event.bet.potentialReturnsMinor, 250);
});

Deno.test("place() rounds returns by the policy in force and keeps it on the bet", () => {
  const away = { marketId: "match", selectionId: "away", price: { num: 21, den: 11 } };
  const seen = { ...ON_MATCH, account: accountWith(10_000) };
  for (const [rounding, returns] of [["floor", 19_090], ["halfUp", 19_091]] as const) {
    const event = decideOne(seen, aBet({ legs: [away], stakeMinor: 10_000, rounding }));
    assertEquals(event.type === "bet.placed" && event.bet.potentialReturnsMinor, returns);
    assertEquals(event.type === "bet.placed" && event.bet.rounding, rounding);
  }
});

Deno.test("place() takes the stake limits themselves and refuses what is outside them", () => {
  const seen = { ...ON_MATCH, account: accountWith(1_000) };
  const limits = { minStakeMinor: 10, maxStakeMinor: 500 };
  for (const stakeMinor of [10, 11, 500]) {
    assertEquals(decideOne(seen, aBet({ ...limits, stakeMinor })).type, "bet.placed");
  }
  for (const stakeMinor of [9, 501, 0, -10]) {
    const event = decideOne(seen, aBet({ ...limits, stakeMinor }));
    assertEquals(event.type === "bet.refused" && event.refusal, {
      kind: "stake_out_of_range",
      ...limits,
    });
  }
});

Deno.test("place() takes the last penny that is available and refuses one more", () => {
  const seen = { ...ON_MATCH, account: accountWith(100) };
  assertEquals(decideOne(seen, aBet({ stakeMinor: 100 })).type, "bet.placed");
  const event = decideOne(seen, aBet({ stakeMinor: 101 }));
  assertEquals(event.type === "bet.refused" && event.refusal, {
    kind: "insufficient_funds",
    availableMinor: 100,
  });
});

Deno.test("place() counts what is held as not available", () => {
  const seen = { ...ON_MATCH, account: accountWith(100, { hold: aHold({ amountMinor: 30 }) }) };
  assertEquals(decideOne(seen, aBet({ stakeMinor: 70 })).type, "bet.placed");
  const event = decideOne(seen, aBet({ stakeMinor: 71 }));
  assertEquals(event.type === "bet.refused" && event.refusal, {
    kind: "insufficient_funds",
    availableMinor: 70,
  });
});

Deno.test("place() records a refused bet as it was asked, without postings", () => {
  const { legs } = aBet();
  const seen = { ...ON_MATCH, account: accountWith(50) };
  assertEquals(decideOne(seen, aBet({ priceChange: "any" })), {
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
  const seen = { ...ON_MATCH, account: accountWith(1_000) };
  const event = decideOne(seen, aBet({ legs: [good, bad] }));
  assertEquals(event.type === "bet.refused" && event.refusal, {
    kind: "selection_unknown",
    marketId: "nowhere",
    selectionId: "home",
    leg: 1,
  });
});

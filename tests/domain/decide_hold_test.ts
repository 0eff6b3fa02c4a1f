import { assert, assertEquals, assertThrows } from "@std/assert";
import type { AccountCommand } from "../../lib/domain/commands.ts";
import type { AccountEvent } from "../../lib/domain/events.ts";
import type { MarketState } from "../../lib/domain/market.ts";
import { aBet, aHold, ALICE, anAuthorisation, HOLD_MS, MATCH, NOON_MS } from "../given.ts";
import { OneAccount } from "./one_account.ts";

const { id: HOLD_ID } = aHold();
const EXPIRY_MS = NOON_MS + HOLD_MS;

/** An account of 2.50 with 1.00 of it held. */
function holding(): OneAccount {
  const account = new OneAccount(250);
  account.ask(anAuthorisation());
  return account;
}

const confirmAt = (atMs: number): AccountCommand => ({
  ...{ type: "confirm", holdId: HOLD_ID, atMs },
  ...{ betId: aBet().betId, requestId: "request-2" },
});
const voidAt = (atMs: number): AccountCommand => ({ type: "void", holdId: HOLD_ID, atMs });
const expireAt = (atMs: number): AccountCommand => ({ type: "expire", holdId: HOLD_ID, atMs });

const ASKS = { confirm: confirmAt, void: voidAt } as const;

function refusalOf(event: AccountEvent): unknown {
  assert(event.type === "hold.refused", event.type);
  assertEquals(event.postings, []);
  return event.refusal;
}

/** The match with "home" at another price or the market in another state. */
function changed(change: Partial<MarketState>): MarketState {
  return { ...MATCH, version: MATCH.version + 1, ...change };
}

Deno.test("authorise() refuses hold_active while another hold is pending, and not after it", () => {
  const account = holding();
  const refusal = { kind: "hold_active", holdId: HOLD_ID, expiresAtMs: EXPIRY_MS };
  const last = anAuthorisation({ atMs: EXPIRY_MS - 1 });
  assertEquals(refusalOf(account.answer(last)), refusal);
  account.ask(voidAt(EXPIRY_MS - 1));
  assertEquals(account.answer(last).type, "hold.authorised");
});

Deno.test("place() takes what is available beside a hold, and leaves the hold alone", () => {
  const account = holding();
  assertEquals(account.answer(aBet({ stakeMinor: 151 })).type, "bet.refused");
  assertEquals(account.answer(aBet({ stakeMinor: 150 })).type, "bet.placed");
  assertEquals([account.state.balanceMinor, account.state.hold], [100, aHold()]);
  // Nor does a bet take the held stake away from its confirmation.
  assertEquals(account.answer(confirmAt(NOON_MS)).type, "bet.placed");
  assertEquals([account.state.balanceMinor, account.state.atRiskMinor], [0, 250]);
});

Deno.test("confirm() makes the hold a bet and moves its stake from cash to risk", () => {
  const account = holding();
  const { legs, rounding, currency, potentialReturnsMinor } = aHold();
  assertEquals(account.answer(confirmAt(EXPIRY_MS - 1)), {
    type: "bet.placed",
    bet: {
      id: "bet_alice00000000000_4",
      requestId: "request-2",
      accountId: ALICE,
      status: "open",
      legs,
      stakeMinor: 100,
      currency,
      rounding,
      potentialReturnsMinor,
      placedAtMs: EXPIRY_MS - 1,
    },
    hold: aHold(),
    priceChange: "none",
    postings: [
      { account: "player_cash", amountMinor: -100 },
      { account: "player_at_risk", amountMinor: 100 },
    ],
  });
  assertEquals([account.state.balanceMinor, account.state.hold], [150, null]);
});

Deno.test("confirm() keeps the held price although the price has moved, either way", () => {
  for (const price of [{ num: 12, den: 5 }, { num: 13, den: 5 }]) {
    const account = holding();
    const selections = MATCH.selections.map((one) => ({ ...one, price }));
    account.markets = [changed({ selections })];
    const event = account.answer(confirmAt(NOON_MS));
    assert(event.type === "bet.placed");
    assertEquals(event.bet.legs, aHold().legs);
    assertEquals(event.bet.potentialReturnsMinor, 250);
  }
});

Deno.test("confirm() keeps what it reserved although the cap has come down since", () => {
  const account = holding();
  const selections = MATCH.selections.map((one) => ({ ...one, liabilityCapMinor: 0 }));
  account.markets = [changed({ selections })];
  assertEquals(account.answer(confirmAt(NOON_MS)).type, "bet.placed");
});

for (const status of ["suspended", "closed"] as const) {
  Deno.test(`confirm() refuses market_${status}, and the hold stays`, () => {
    const account = holding();
    account.markets = [changed({ status })];
    const refusal = { kind: `market_${status}`, marketId: "match", leg: 0 };
    assertEquals(refusalOf(account.answer(confirmAt(NOON_MS))), refusal);
    assertEquals(account.state.hold, aHold());
    account.markets = [MATCH];
    assertEquals(account.answer(confirmAt(NOON_MS)).type, "bet.placed");
  });
}

Deno.test("confirm() refuses market_closed when the market is there no more", () => {
  const account = holding();
  account.markets = [];
  const refusal = { kind: "market_closed", marketId: "match", leg: 0 };
  assertEquals(refusalOf(account.answer(confirmAt(NOON_MS))), refusal);
});

Deno.test("void() gives the hold up, whatever the market does", () => {
  for (const markets of [[MATCH], [changed({ status: "closed" })], []]) {
    const account = holding();
    account.markets = markets;
    const event = account.answer(voidAt(EXPIRY_MS - 1));
    assertEquals(event, { type: "hold.voided", hold: aHold(), postings: [] });
    assertEquals([account.state.balanceMinor, account.state.hold], [250, null]);
  }
});

Deno.test("expire() ends a hold from exactly its expiry on, and throws before", () => {
  assertThrows(() => holding().ask(expireAt(EXPIRY_MS - 1)), Error, HOLD_ID);
  for (const atMs of [EXPIRY_MS, EXPIRY_MS + 1]) {
    const account = holding();
    const events = account.ask(expireAt(atMs));
    assertEquals(events, [{ type: "hold.expired", hold: aHold(), postings: [] }]);
    assertThrows(() => account.ask(expireAt(atMs)), Error, HOLD_ID);
  }
});

for (const [action, askAt] of Object.entries(ASKS)) {
  Deno.test(`${action}() refuses hold_unknown for a hold that the account never had`, () => {
    const event = new OneAccount(250).answer(askAt(NOON_MS));
    assertEquals(event, {
      type: "hold.refused",
      asked: { action: action as keyof typeof ASKS, holdId: HOLD_ID },
      refusal: { kind: "hold_unknown", holdId: HOLD_ID },
      postings: [],
    });
  });

  for (const status of ["posted", "voided"] as const) {
    Deno.test(`${action}() refuses hold_not_pending for a ${status} hold, also when its time is over`, () => {
      const account = holding();
      account.ask(status === "posted" ? confirmAt(NOON_MS) : voidAt(NOON_MS));
      const refusal = { kind: "hold_not_pending", holdId: HOLD_ID, status };
      for (const atMs of [NOON_MS, EXPIRY_MS]) {
        assertEquals(refusalOf(account.answer(askAt(atMs))), refusal);
      }
      assertThrows(() => account.ask(expireAt(EXPIRY_MS)), Error, HOLD_ID);
    });
  }

  Deno.test(`${action}() refuses hold_expired at exactly expiresAtMs, swept or not, market shut or not`, () => {
    const refusal = { kind: "hold_expired", holdId: HOLD_ID, expiresAtMs: EXPIRY_MS };
    for (const swept of [false, true]) {
      for (const market of [MATCH, changed({ status: "closed" })]) {
        const account = holding();
        account.markets = [market];
        if (swept) account.ask(expireAt(EXPIRY_MS));
        assertEquals(refusalOf(account.answer(askAt(EXPIRY_MS))), refusal);
        // Nor does a clock that jumps back bring it to life again.
        assertEquals(refusalOf(account.answer(askAt(NOON_MS))), refusal);
      }
    }
  });
}

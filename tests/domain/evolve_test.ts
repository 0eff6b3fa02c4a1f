import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import type { AccountState } from "../../lib/domain/account.ts";
import type { AccountEvent } from "../../lib/domain/events.ts";
import { evolve } from "../../lib/domain/evolve.ts";
import { transfer } from "../../lib/domain/postings.ts";
import { aBet, aHold, ALICE, anAuthorisation, openedWith } from "../given.ts";
import { OneAccount } from "./one_account.ts";

Deno.test("evolve() opens an account empty, at version 1", () => {
  const opened = { type: "account.opened", currency: "GBP", postings: [] } as const;
  assertEquals(evolve({ accountId: ALICE, state: null }, opened), {
    id: ALICE,
    currency: "GBP",
    status: "open",
    version: 1,
    balanceMinor: 0,
    atRiskMinor: 0,
    hold: null,
  });
});

Deno.test("evolve() throws for events that do not fit the state", () => {
  const [opened, deposited] = openedWith(ALICE, 100);
  const state = deposited.state;
  assertThrows(() => evolve({ accountId: ALICE, state }, opened.event), Error, "already open");
  const first = { accountId: ALICE, state: null };
  assertThrows(() => evolve(first, deposited.event), Error, "not open");
  const event: AccountEvent = {
    type: "deposit.accepted",
    amountMinor: 1,
    postings: transfer({ from: "player_cash", to: "external", amountMinor: 101 }),
  };
  assertThrows(() => evolve({ accountId: ALICE, state }, event), RangeError);
});

Deno.test("evolve() leaves everything as it is on a refusal, the version too", () => {
  const account = new OneAccount(100);
  const { state } = account;
  for (const command of [aBet({ stakeMinor: 101 }), anAuthorisation({ stakeMinor: 101 })]) {
    const event = account.answer(command);
    assertEquals(event.type, command.type === "place" ? "bet.refused" : "hold.refused");
    assertStrictEquals(evolve({ accountId: ALICE, state }, event), state);
  }
});

/** An account of 1.00, and the same after a hold of 0.60 was authorised. */
function withAndWithoutHold() {
  const [, { state }] = openedWith(ALICE, 100);
  const hold = aHold({ amountMinor: 60 });
  return { free: state, held: { ...state, version: 3, hold }, hold };
}

const after = (state: AccountState, event: AccountEvent) =>
  evolve({ accountId: ALICE, state }, event);

Deno.test("evolve() sets a hold aside without moving money, and takes it away when it ends", () => {
  const { free, held, hold } = withAndWithoutHold();
  assertEquals(after(free, { type: "hold.authorised", hold, postings: [] }), held);
  for (const type of ["hold.voided", "hold.expired"] as const) {
    assertEquals(after(held, { type, hold, postings: [] }), { ...free, version: 4 });
  }
});

/** The bet of 0.60 that a hold becomes, or one placed beside it. */
function placed(hold: AccountState["hold"]): AccountEvent {
  const { amountMinor, ...rest } = aHold({ amountMinor: 60 });
  const bet = {
    ...rest,
    id: "bet",
    status: "open",
    stakeMinor: amountMinor,
    placedAtMs: 0,
  } as const;
  const postings = transfer({ from: "player_cash", to: "player_at_risk", amountMinor });
  return { type: "bet.placed", bet, hold, priceChange: "none", postings };
}

Deno.test("evolve() moves the held stake to risk when the hold is confirmed", () => {
  const { free, held, hold } = withAndWithoutHold();
  const confirmed = { ...free, version: 4, balanceMinor: 40, atRiskMinor: 60 };
  assertEquals(after(held, placed(hold)), confirmed);
});

Deno.test("evolve() keeps a hold beside a deposit and beside a bet that is placed at once", () => {
  const { held, hold } = withAndWithoutHold();
  const rich = { ...held, balanceMinor: 120 };
  assertEquals(after(rich, placed(null)), {
    ...rich,
    version: 4,
    balanceMinor: 60,
    atRiskMinor: 60,
  });
  const postings = transfer({ from: "external", to: "player_cash", amountMinor: 1 });
  const deposited = after(held, { type: "deposit.accepted", amountMinor: 1, postings });
  assertEquals([deposited.balanceMinor, deposited.hold], [101, hold]);
});

Deno.test("evolve() throws for a second hold, and for the end of one that is not there", () => {
  const { free, held, hold } = withAndWithoutHold();
  const other = { ...hold, id: "hold_alice00000000000_4" };
  assertThrows(
    () => after(held, { type: "hold.authorised", hold: other, postings: [] }),
    Error,
    "has a hold already",
  );
  for (const type of ["hold.voided", "hold.expired"] as const) {
    assertThrows(() => after(held, { type, hold: other, postings: [] }), Error, "has no hold");
    assertThrows(() => after(free, { type, hold, postings: [] }), Error, "has no hold");
  }
  assertThrows(() => after(held, placed(other)), Error, "has no hold");
  assertThrows(() => after(free, placed(hold)), Error, "has no hold");
});

Deno.test("evolve() throws when more is taken or held than is available", () => {
  const { free, held } = withAndWithoutHold();
  const tooMuch: AccountEvent = {
    type: "hold.authorised",
    hold: aHold({ amountMinor: 101 }),
    postings: [],
  };
  assertThrows(() => after(free, tooMuch), RangeError, "available");
  // 1.00 is there, but 0.60 of it is held.
  assertThrows(() => after(held, placed(null)), RangeError, "available");
});

import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import * as fc from "fast-check";
import { type AccountState, availableMinor } from "../../lib/domain/account.ts";
import { decide } from "../../lib/domain/decide.ts";
import type { Entry } from "../../lib/domain/entry.ts";
import type { AccountEvent } from "../../lib/domain/events.ts";
import { evolve } from "../../lib/domain/evolve.ts";
import { sumOfPostings, transfer } from "../../lib/domain/postings.ts";
import { aBet, ALICE, MATCH, openedWith } from "../given.ts";
import { anyHistory } from "./any_history.ts";

Deno.test("evolve() opens an account empty, at version 1", () => {
  const opened = { type: "account.opened", currency: "GBP", postings: [] } as const;
  assertEquals(evolve({ accountId: ALICE, state: null }, opened), {
    id: ALICE,
    currency: "GBP",
    status: "open",
    version: 1,
    balanceMinor: 0,
    heldMinor: 0,
    atRiskMinor: 0,
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

Deno.test("evolve() leaves everything as it is on bet.refused, the version too", () => {
  const [, { state }] = openedWith(ALICE, 100);
  const markets = new Map([[MATCH.id, MATCH]]);
  const event = decide({ account: state, markets }, aBet({ stakeMinor: 101 }));
  assertEquals(event.type, "bet.refused");
  assertStrictEquals(evolve({ accountId: ALICE, state }, event), state);
});

Deno.test("every event of every history has postings that sum to zero", () => {
  fc.assert(fc.property(anyHistory, (history) => {
    for (const { event } of history) assertEquals(sumOfPostings(event.postings), 0n, event.type);
  }));
});

Deno.test("a balance is what all postings to player_cash sum to, at every entry", () => {
  fc.assert(fc.property(anyHistory, (history) => {
    everyPrefix(history, (entries, state) => {
      assertEquals(BigInt(state.balanceMinor), postedTo("player_cash", entries));
      assertEquals(BigInt(state.atRiskMinor), postedTo("player_at_risk", entries));
    });
  }));
});

Deno.test("what is at risk is the stakes of the open bets, at every entry", () => {
  fc.assert(fc.property(anyHistory, (history) => {
    everyPrefix(history, (entries, state) => {
      const stakes = entries.map(({ event }) =>
        event.type === "bet.placed" ? event.bet.stakeMinor : 0
      );
      assertEquals(state.atRiskMinor, stakes.reduce((sum, stake) => sum + stake, 0));
    });
  }));
});

Deno.test("what is available is never below zero, at any entry", () => {
  fc.assert(fc.property(anyHistory, (history) => {
    everyPrefix(history, (_, state) => {
      assert(availableMinor(state) >= 0 && state.balanceMinor >= 0 && state.atRiskMinor >= 0);
    });
  }));
});

Deno.test("a version counts the entries that changed the account", () => {
  fc.assert(fc.property(anyHistory, (history) => {
    everyPrefix(history, (entries, state) => {
      const changes = entries.filter(({ event }) => event.type !== "bet.refused");
      assertEquals(state.version, changes.length);
    });
  }));
});

Deno.test("the state of every entry is the fold of the events up to it", () => {
  fc.assert(fc.property(anyHistory, (history) => {
    let state: AccountState | null = null;
    for (const entry of history) {
      state = evolve({ accountId: ALICE, state }, entry.event);
      assertEquals(entry.state, state);
    }
  }));
});

function everyPrefix(
  history: readonly Entry[],
  check: (entries: readonly Entry[], state: AccountState) => void,
): void {
  for (const [index, entry] of history.entries()) check(history.slice(0, index + 1), entry.state);
}

function postedTo(account: string, entries: readonly Entry[]): bigint {
  const postings = entries.flatMap(({ event }) => event.postings);
  return sumOfPostings(postings.filter((posting) => posting.account === account));
}

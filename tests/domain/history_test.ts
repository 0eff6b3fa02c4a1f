import { assert, assertEquals } from "@std/assert";
import * as fc from "fast-check";
import { type AccountState, availableMinor, heldMinor } from "../../lib/domain/account.ts";
import type { Leg } from "../../lib/domain/bet.ts";
import type { AccountEntry } from "../../lib/domain/entry.ts";
import type { AccountEvent } from "../../lib/domain/events.ts";
import { evolve } from "../../lib/domain/evolve.ts";
import { exposureChanges } from "../../lib/domain/exposure.ts";
import type { Hold } from "../../lib/domain/hold.ts";
import { sumOfPostings } from "../../lib/domain/postings.ts";
import { ALICE } from "../given.ts";
import { anyHistory } from "./any_history.ts";

Deno.test("histories hold every kind of event there is", () => {
  const histories = fc.sample(anyHistory, { numRuns: 200, seed: 1 });
  const seen = new Set(histories.flatMap((entries) => entries.map(kindOf)));
  assertEquals([...seen].toSorted(), [
    ...["account.opened", "bet.placed", "bet.placed from a hold", "bet.refused"],
    ...["deposit.accepted", "hold.authorised", "hold.expired", "hold.refused", "hold.voided"],
  ]);
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

Deno.test("what is held is the hold that began and did not end, at every entry", () => {
  fc.assert(fc.property(anyHistory, (history) => {
    everyPrefix(history, (entries, state) => {
      assertEquals(pendingHolds(entries), state.hold ? [state.hold] : []);
      assertEquals(heldMinor(state), state.hold?.amountMinor ?? 0);
    });
  }));
});

Deno.test("each hold ends once at most, and none is confirmed at or after its expiry", () => {
  fc.assert(fc.property(anyHistory, (history) => {
    const ended = history.flatMap(({ event }) => endedBy(event)?.id ?? []);
    assertEquals(new Set(ended).size, ended.length);
    for (const { event, atMs } of history) {
      if (event.type === "bet.placed" && event.hold) assert(atMs < event.hold.expiresAtMs);
      if (event.type === "hold.voided") assert(atMs < event.hold.expiresAtMs);
      if (event.type === "hold.expired") assert(atMs >= event.hold.expiresAtMs);
    }
  }));
});

Deno.test("the liability of open bets and pending holds is the sum of all its changes", () => {
  fc.assert(fc.property(anyHistory, (history) => {
    everyPrefix(history, (entries) => {
      const changed = new Map<string, number>();
      for (const { event } of entries) {
        for (const { selectionId, byMinor } of exposureChanges(event)) {
          add(changed, selectionId, byMinor);
        }
      }
      const owed = new Map<string, number>();
      for (const { legs, winsMinor } of promised(entries)) {
        for (const { selectionId } of legs) add(owed, selectionId, winsMinor);
      }
      assertEquals(changed, owed);
    });
  }));
});

Deno.test("a version counts the entries that changed the account", () => {
  fc.assert(fc.property(anyHistory, (history) => {
    everyPrefix(history, (entries, state) => {
      const changes = entries.filter(({ event }) => !event.type.endsWith("refused"));
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

/** The holds that entries began and did not end. */
function pendingHolds(entries: readonly AccountEntry[]): readonly Hold[] {
  const pending = new Map<string, Hold>();
  for (const { event } of entries) {
    if (event.type === "hold.authorised") pending.set(event.hold.id, event.hold);
    const ended = endedBy(event);
    if (ended) pending.delete(ended.id);
  }
  return [...pending.values()];
}

function kindOf({ event }: AccountEntry): string {
  return event.type === "bet.placed" && event.hold ? `${event.type} from a hold` : event.type;
}

function endedBy(event: AccountEvent): Hold | null {
  return event.type === "hold.voided" || event.type === "hold.expired" ||
      event.type === "bet.placed"
    ? event.hold
    : null;
}

/** What the book would have to pay, beyond the stakes, for each open bet and each pending hold. */
function promised(
  entries: readonly AccountEntry[],
): readonly { readonly legs: readonly Leg[]; readonly winsMinor: number }[] {
  const bets = entries.flatMap(({ event }) => event.type === "bet.placed" ? [event.bet] : []);
  return [
    ...bets.map((bet) => ({
      legs: bet.legs,
      winsMinor: bet.potentialReturnsMinor - bet.stakeMinor,
    })),
    ...pendingHolds(entries).map((hold) => ({
      legs: hold.legs,
      winsMinor: hold.potentialReturnsMinor - hold.amountMinor,
    })),
  ];
}

function add(sums: Map<string, number>, name: string, byMinor: number): void {
  const sum = (sums.get(name) ?? 0) + byMinor;
  if (sum === 0) sums.delete(name);
  else sums.set(name, sum);
}

function everyPrefix(
  history: readonly AccountEntry[],
  check: (entries: readonly AccountEntry[], state: AccountState) => void,
): void {
  for (const [index, entry] of history.entries()) check(history.slice(0, index + 1), entry.state);
}

function postedTo(account: string, entries: readonly AccountEntry[]): bigint {
  const postings = entries.flatMap(({ event }) => event.postings);
  return sumOfPostings(postings.filter((posting) => posting.account === account));
}

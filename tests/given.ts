import { createHash } from "node:crypto";
import type { Sha256 } from "../lib/audit/hash.ts";
import { decide, type Seen } from "../lib/domain/decide.ts";
import type { AccountCommand, AuthoriseHold, PlaceBet } from "../lib/domain/commands.ts";
import type { AccountEvent } from "../lib/domain/events.ts";
import { type AccountEntry, follow, nextSeq } from "../lib/domain/entry.ts";
import type { Hold } from "../lib/domain/hold.ts";
import { betIdOf, holdIdOf } from "../lib/domain/ids.ts";
import type { MarketState } from "../lib/domain/market.ts";
import type { Backoff } from "../lib/ports/surroundings.ts";

/** SHA-256 as the servers use it. */
export const sha256: Sha256 = (bytes) => createHash("sha256").update(bytes).digest();

/** 2026-01-01T12:00:00Z: the time of everything that does not say otherwise. */
export const NOON_MS = Date.UTC(2026, 0, 1, 12);

/** An account id that tests use when one is as good as another. */
export const ALICE = "acc_alice00000000000";
export const BOB = "acc_bob0000000000000";

/** A backoff that lets the event loop turn and no more. */
export const noWait: Backoff = { wait: () => Promise.resolve() };

/** An open market as it is offered, with "home" at 5/2 and "away" at 21/11, version 7, each capped at £1,000,000. */
export const MATCH: MarketState = {
  id: "match",
  eventId: "derby",
  name: "Match result",
  status: "open",
  version: 1,
  selections: [
    { id: "home", name: "Home", price: { num: 5, den: 2 }, liabilityCapMinor: 100_000_000 },
    { id: "away", name: "Away", price: { num: 21, den: 11 }, liabilityCapMinor: 100_000_000 },
  ],
};

/** The chain of an account that was opened with a balance. */
export function openedWith(
  accountId: string,
  balanceMinor: number,
): readonly [AccountEntry, AccountEntry] {
  const common = { accountId, atMs: NOON_MS, actor: "system", answers: null };
  const opened = follow(null, {
    ...common,
    event: decideOne(NOTHING, { type: "open", accountId, currency: "GBP" }),
  });
  const deposited = follow(opened, {
    ...common,
    event: decideOne(seen(opened), { type: "deposit", amountMinor: balanceMinor }),
  });
  return [opened, deposited];
}

/** A single on "home" at 5/2 for 1.00, with whatever the test changes about it. */
export function aBet(change: Partial<PlaceBet> = {}): PlaceBet {
  return {
    type: "place",
    betId: "bet_alice00000000000_3",
    requestId: "request-1",
    legs: [{ marketId: "match", selectionId: "home", price: { num: 5, den: 2 } }],
    stakeMinor: 100,
    priceChange: "none",
    minStakeMinor: 1,
    maxStakeMinor: 10_000_000,
    rounding: "floor",
    atMs: NOON_MS,
    ...change,
  };
}

/** How long a hold of these tests lives. */
export const HOLD_MS = 30_000;

/** The same single, to be held for {@link HOLD_MS}. */
export function anAuthorisation(change: Partial<AuthoriseHold> = {}): AuthoriseHold {
  const { betId: _, ...backing } = aBet();
  return {
    ...backing,
    type: "authorise",
    holdId: "hold_alice00000000000_3",
    holdMs: HOLD_MS,
    ...change,
  };
}

/** What {@link anAuthorisation} leads to: Alice's hold of 1.00, whose liability is 1.50. */
export function aHold(change: Partial<Hold> = {}): Hold {
  return {
    id: "hold_alice00000000000_3",
    requestId: "request-1",
    accountId: ALICE,
    legs: [{
      marketId: "match",
      selectionId: "home",
      price: { num: 5, den: 2 },
      marketVersion: 1,
    }],
    amountMinor: 100,
    currency: "GBP",
    rounding: "floor",
    potentialReturnsMinor: 250,
    priceChange: "none",
    authorisedAtMs: NOON_MS,
    expiresAtMs: NOON_MS + HOLD_MS,
    ...change,
  };
}

/** The entry that a command adds behind `newest`, on the markets given. */
export function entryAfter(
  newest: AccountEntry,
  command: AccountCommand,
  options: { readonly requestId?: string; readonly markets?: readonly MarketState[] } = {},
): AccountEntry {
  const { accountId } = newest;
  const { requestId, markets = [MATCH] } = options;
  const place = { accountId, seq: nextSeq(newest) };
  return follow(newest, {
    accountId,
    atMs: NOON_MS,
    actor: `player:${accountId}`,
    answers: requestId === undefined ? null : { requestId, fingerprint: `of ${requestId}` },
    event: decideOne(seen(newest, markets), named(command, place)),
  });
}

/** The command, with its new bet or hold named after the entry that will answer it. */
export function named(
  command: AccountCommand,
  place: { readonly accountId: string; readonly seq: number },
): AccountCommand {
  switch (command.type) {
    case "place":
    case "confirm":
      return { ...command, betId: betIdOf(place) };
    case "authorise":
      return { ...command, holdId: holdIdOf(place) };
    default:
      return command;
  }
}

/** The one event that a command leads to, where no dead hold comes before it. */
export function decideOne(seen: Seen, command: AccountCommand): AccountEvent {
  const [event, ...more] = decide(seen, command);
  if (more.length > 0) throw new Error(`${event.type} came before what was asked for`);
  return event;
}

/** What a decision sees before there is anything. */
export const NOTHING: Seen = {
  account: null,
  markets: new Map(),
  exposures: new Map(),
  hold: null,
};

function seen(newest: AccountEntry, markets: readonly MarketState[] = []): Seen {
  return {
    ...NOTHING,
    account: newest.state,
    markets: new Map(markets.map((market) => [market.id, market])),
  };
}

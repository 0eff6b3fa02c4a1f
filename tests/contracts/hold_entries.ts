import type { AccountCommand } from "../../lib/domain/commands.ts";
import { type AccountEntry, follow, nextSeq } from "../../lib/domain/entry.ts";
import { type Hold, type HoldFate, holdFateAfter } from "../../lib/domain/hold.ts";
import { betIdOf, holdIdOf } from "../../lib/domain/ids.ts";
import { aBet, decideOne, MATCH, NOON_MS, NOTHING } from "../given.ts";

/** How long the holds of these tests live if nothing else is said. */
export const HOLD_MS = 30_000;

/** Behind `newest`: a hold of 1.00 on "home" at 5/2, so 1.50 of liability. */
export function authorised(
  newest: AccountEntry,
  how: { requestId?: string; holdMs?: number } = {},
) {
  const { requestId = `hold ${nextSeq(newest)}`, holdMs = HOLD_MS } = how;
  const holdId = holdIdOf({ accountId: newest.accountId, seq: nextSeq(newest) });
  const backing = aBet({ requestId });
  return ending(newest, { ...backing, type: "authorise", holdId, holdMs }, requestId);
}

/** Behind `newest`: its account's hold made a bet. */
export function confirmed(
  newest: AccountEntry,
  requestId = `confirm ${nextSeq(newest)}`,
): AccountEntry {
  const betId = betIdOf({ accountId: newest.accountId, seq: nextSeq(newest) });
  const holdId = holdOf(newest).id;
  return ending(newest, { type: "confirm", holdId, betId, requestId, atMs: NOON_MS }, requestId);
}

/** Behind `newest`: its account's hold given up. */
export function voided(newest: AccountEntry, requestId = `void ${nextSeq(newest)}`): AccountEntry {
  return ending(newest, { type: "void", holdId: holdOf(newest).id, atMs: NOON_MS }, requestId);
}

/** Behind `newest`: its account's hold ended at the very moment when it is dead. */
export function expired(newest: AccountEntry): AccountEntry {
  const { id: holdId, expiresAtMs: atMs } = holdOf(newest);
  return ending(newest, { type: "expire", holdId, atMs }, null);
}

/** The hold that the account has after an entry. */
export function holdOf({ accountId, state }: AccountEntry): Hold {
  if (!state.hold) throw new Error(`account ${accountId} has no hold`);
  return state.hold;
}

/** What an entry made of a hold. */
export function fateAfter({ event }: AccountEntry): HoldFate {
  const fate = holdFateAfter(event);
  if (!fate) throw new Error(`${event.type} is nothing to a hold`);
  return fate;
}

function ending(
  newest: AccountEntry,
  command: AccountCommand,
  requestId: string | null,
): AccountEntry {
  const { accountId, state } = newest;
  const hold: HoldFate | null = state.hold && { hold: state.hold, status: "pending" };
  const event = decideOne({
    ...NOTHING,
    account: state,
    markets: new Map([[MATCH.id, MATCH]]),
    hold,
  }, command);
  return follow(newest, {
    accountId,
    atMs: NOON_MS,
    actor: `player:${accountId}`,
    answers: requestId === null ? null : { requestId, fingerprint: `of ${requestId}` },
    event,
  });
}

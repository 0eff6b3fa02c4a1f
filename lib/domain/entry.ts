import type { AccountState } from "./account.ts";
import type { AccountEvent } from "./events.ts";
import { evolve } from "./evolve.ts";
import { isDead } from "./hold.ts";

/** The request that an entry answers: asked once, answered once, for ever. */
export interface Answered {
  /** What the `Idempotency-Key` header carried. */
  readonly requestId: string;
  /** A digest of what was asked, by which another body under the same id is told apart. */
  readonly fingerprint: string;
}

/**
 * One link of an account's chain: what happened and what the account was after it. It is also the
 * stored reply to the request it answers and the source of its one audit record, so that history,
 * reply and log cannot disagree. Entries are never changed.
 */
export interface Entry {
  readonly accountId: string;
  /** 1 for the first entry of the account, then without gaps. */
  readonly seq: number;
  readonly atMs: number;
  /** Who did it: "player:<account id>", or "system". */
  readonly actor: string;
  /** Null for what nobody asked for under a request id. */
  readonly answers: Answered | null;
  readonly event: AccountEvent;
  /** The account after the event. */
  readonly state: AccountState;
}

/** The newest entry of an account, as far as the next one needs it; null before the first. */
export type Newest = Pick<Entry, "seq" | "state"> | null;

/** Number of the entry that follows `newest`. */
export function nextSeq(newest: Newest): number {
  return (newest?.seq ?? 0) + 1;
}

/**
 * Number of the entry that will answer a command at `atMs`: the next one, or the one behind it when a
 * dead hold has to end first.
 */
export function answerSeq(newest: Newest, atMs: number): number {
  const hold = newest?.state.hold;
  return nextSeq(newest) + (hold && isDead(hold, atMs) ? 1 : 0);
}

/** The entry by which `event` joins the chain after `newest`. */
export function follow(
  newest: Newest,
  entry: Omit<Entry, "seq" | "state">,
): Entry {
  const { accountId, event } = entry;
  const state = evolve({ accountId, state: newest?.state ?? null }, event);
  return { ...entry, seq: nextSeq(newest), state };
}

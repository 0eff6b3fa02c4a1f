import type { AccountState } from "./account.ts";
import type { AccountEvent } from "./events.ts";
import { evolve } from "./evolve.ts";
import { evolveMarket } from "./evolve_market.ts";
import { isDead } from "./hold.ts";
import type { MarketState } from "./market.ts";
import type { MarketEvent } from "./market_events.ts";

/** The request that an entry answers: asked once, answered once, for ever. */
export interface Answered {
  /** What the `Idempotency-Key` header carried. */
  readonly requestId: string;
  /** A digest of what was asked, by which another body under the same id is told apart. */
  readonly fingerprint: string;
}

/**
 * One link of a chain: what happened and what its owner was after it. It is also the stored reply to
 * the request it answers and the source of its one audit record, so that history, reply and log cannot
 * disagree. Entries are never changed.
 */
export type Entry = AccountEntry | MarketEntry;

/** What the links of all chains have in common. */
interface Link {
  /** 1 for the first entry of the chain, then without gaps. */
  readonly seq: number;
  readonly atMs: number;
  /** Who did it: "player:<account id>", "trader:<staff id>", or "system". */
  readonly actor: string;
  /** Null for what nobody asked for under a request id. */
  readonly answers: Answered | null;
}

/** One link of an account's chain. */
export interface AccountEntry extends Link {
  readonly accountId: string;
  readonly event: AccountEvent;
  /** The account after the event. */
  readonly state: AccountState;
}

/** One link of a market's chain. */
export interface MarketEntry extends Link {
  readonly marketId: string;
  readonly event: MarketEvent;
  /** The market after the event. */
  readonly state: MarketState;
}

/** The newest entry of a chain, as far as the next one needs it; null before the first. */
export type Newest<Own extends Entry = AccountEntry> = Pick<Own, "seq" | "state"> | null;

/** Whether the entry is one of a market's chain. */
export function isMarketEntry(entry: Entry): entry is MarketEntry {
  return "marketId" in entry;
}

/** The entry as one of an account's chain. Throws, as a defect, when it is a market's. */
export function accountEntry(entry: Entry): AccountEntry {
  if (isMarketEntry(entry)) throw new Error(`${entry.event.type} is no entry of an account`);
  return entry;
}

/** Number of the entry that follows `newest`. */
export function nextSeq(newest: Newest<Entry>): number {
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

/** The entry by which `event` joins an account's chain after `newest`. */
export function follow(newest: Newest, entry: Omit<AccountEntry, "seq" | "state">): AccountEntry {
  const { accountId, event } = entry;
  const state = evolve({ accountId, state: newest?.state ?? null }, event);
  return { ...entry, seq: nextSeq(newest), state };
}

/** The entry by which `event` joins a market's chain after `newest`. */
export function followMarket(
  newest: Newest<MarketEntry>,
  entry: Omit<MarketEntry, "seq" | "state">,
): MarketEntry {
  const { marketId, event } = entry;
  const state = evolveMarket({ marketId, state: newest?.state ?? null }, event);
  return { ...entry, seq: nextSeq(newest), state };
}

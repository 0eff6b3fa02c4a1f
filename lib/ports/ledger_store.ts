import type { ChainOwner } from "../domain/chain.ts";
import type { Entry, MarketEntry, Newest } from "../domain/entry.ts";
import type { SelectionRef } from "../domain/exposure.ts";
import type { HoldFate } from "../domain/hold.ts";
import type { CommitOutcome } from "./commit_outcome.ts";

/** What one decision needs to see. */
export type LedgerQuery = AccountQuery | MarketQuery;

/**
 * One account, one request id, and the part of the book that a decision touches. The store adds the
 * markets and selections of the account's own hold, which only it knows.
 */
export interface AccountQuery {
  readonly accountId: string;
  /** Null for what nobody asked for under a request id. */
  readonly requestId: string | null;
  readonly marketIds: readonly string[];
  /** The selections whose liability counts. */
  readonly selections: readonly SelectionRef[];
  /** The hold that is asked about; null for none. */
  readonly holdId: string | null;
}

/** One market, and one request id of its chain. */
export interface MarketQuery {
  readonly marketId: string;
  /** Null for what nobody asked for under a request id. */
  readonly requestId: string | null;
}

/** The newest entry of a market that is there, as far as the next one needs it. */
export type NewestMarket = NonNullable<Newest<MarketEntry>>;

/**
 * What was seen for several decisions, and by which versions a later commit knows that it still holds.
 * The parts may have been read at different moments: the commit, not the read, makes them one.
 */
export interface LedgerView {
  readonly queries: readonly LedgerQuery[];
  /** The newest number and state of each account asked for; null before it is opened. */
  readonly newest: ReadonlyMap<string, Newest>;
  /** The entries that already answer a query's request id, by `requestKey`, as far as known. */
  readonly answers: ReadonlyMap<string, Entry>;
  /** Every market that a query names or touches; unknown market ids are left out. */
  readonly markets: ReadonlyMap<string, NewestMarket>;
  /** Liability in minor units by `selectionKey`; what is not there has none. */
  readonly exposures: ReadonlyMap<string, number>;
  /** The holds asked about, by id; those that are not the account's are left out. */
  readonly holds: ReadonlyMap<string, HoldFate>;
  /** The store's own versions of what was seen, and of what was not there; meaningless elsewhere. */
  readonly versions: unknown;
}

/**
 * The text by which maps know a request: request ids belong to their chain. No id holds the line break
 * between the two, so no two requests share a text.
 */
export function requestKey(chain: string, requestId: string): string {
  return `${chain}\n${requestId}`;
}

/** The newest number of one chain. */
export type ChainEnd = ChainOwner & { readonly seq: number };

/**
 * The ledger's memory: a chain of entries an account and a market, an index of request ids, the
 * liability of each selection, the fate of each hold, and the outbox of entries that the audit log has
 * yet to take. A chain is named as `chainOf` says: an account's by the account's id.
 */
export interface LedgerStore {
  /** How many of the queries, from the first, one commit can take; at least one. */
  fits(queries: readonly LedgerQuery[]): number;

  /**
   * What is needed to decide the queries. A store may answer from memory, and may leave out answers
   * that it has not looked up; the commit then says `conflict`. With `fresh` it reads everything, and
   * strongly: what was committed before the call is seen.
   */
  view(queries: readonly LedgerQuery[], how: { readonly fresh: boolean }): Promise<LedgerView>;

  /**
   * What `view` is going to say once the commit in flight is stored, so that the next one can be decided
   * meanwhile; null when the store cannot tell. Another commit on it is a `conflict` unless the one in
   * flight was committed.
   */
  foresee(queries: readonly LedgerQuery[]): Promise<LedgerView | null>;

  /**
   * Appends entries to the chains of the view's accounts and markets in one atomic write, each with its
   * outbox row, and the wake-up of the log's writer. It is `committed` only if each chain that was seen
   * still ended where the view says, no request id of the view had an answer, and nothing else of the
   * book that was seen had changed. The entries of one chain follow one another, and its newest entry,
   * without gaps.
   */
  commit(view: LedgerView, entries: readonly Entry[]): Promise<CommitOutcome>;

  /** The account's newest number and its state now; null before it is opened. */
  newest(accountId: string): Promise<Newest>;

  /** Each market's newest number and its state now, in their order; null for what is not there. */
  markets(marketIds: readonly string[]): Promise<readonly Newest<MarketEntry>[]>;

  /** One entry by its number; null when the chain has none. */
  entry(chain: string, seq: number): Promise<Entry | null>;

  /** The entry that answers a request id of a chain; null when none does. */
  answer(chain: string, requestId: string): Promise<Entry | null>;

  /** A chain's entries numbered below `before` (all, when null), newest first, at most `limit`. */
  history(
    chain: string,
    page: { readonly before: number | null; readonly limit: number },
  ): Promise<readonly Entry[]>;

  /** Where every chain ends, in no order; for checking the log against the chains. */
  chainEnds(): AsyncIterable<ChainEnd>;

  /** Pending holds that are dead at `atMs`, the longest dead first, at most `limit`. */
  deadHolds(
    asked: { readonly atMs: number; readonly limit: number },
  ): Promise<readonly { readonly accountId: string; readonly holdId: string }[]>;

  /** Liability in minor units of each selection asked for, in their order. */
  exposures(selections: readonly SelectionRef[]): Promise<readonly number[]>;
}

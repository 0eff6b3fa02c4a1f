import type { Entry, Newest } from "../domain/entry.ts";
import type { SelectionRef } from "../domain/exposure.ts";
import type { HoldFate } from "../domain/hold.ts";
import type { MarketState } from "../domain/market.ts";
import type { CommitOutcome } from "./commit_outcome.ts";

/**
 * What one decision needs to see: one account, one request id, and the part of the book it touches. The
 * store adds the markets and selections of the account's own hold, which only it knows.
 */
export interface LedgerQuery {
  readonly accountId: string;
  /** Null for what nobody asked for under a request id. */
  readonly requestId: string | null;
  readonly marketIds: readonly string[];
  /** The selections whose liability counts. */
  readonly selections: readonly SelectionRef[];
  /** The hold that is asked about; null for none. */
  readonly holdId: string | null;
}

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
  /** Unknown market ids are left out. */
  readonly markets: ReadonlyMap<string, MarketState>;
  /** Liability in minor units by `selectionKey`; what is not there has none. */
  readonly exposures: ReadonlyMap<string, number>;
  /** The holds asked about, by id; those that are not the account's are left out. */
  readonly holds: ReadonlyMap<string, HoldFate>;
  /** The store's own versions of what was seen, and of what was not there; meaningless elsewhere. */
  readonly versions: unknown;
}

/** The text by which maps know a request: request ids belong to their account. */
export function requestKey(
  request: { readonly accountId: string; readonly requestId: string },
): string {
  return `${request.accountId} ${request.requestId}`;
}

/**
 * The ledger's memory: a chain of entries an account, an index of request ids, the markets, the
 * liability of each selection, the fate of each hold, and the outbox of entries that the audit log has
 * yet to take.
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
   * Appends entries to the chains of the view's accounts in one atomic write, each with its outbox row,
   * and the wake-up of the log's writer. It is `committed` only if each chain still ended where the
   * view says, no request id of the view had an answer, and nothing of the book that was seen had
   * changed. The entries of one account follow one another, and its newest entry, without gaps.
   */
  commit(view: LedgerView, entries: readonly Entry[]): Promise<CommitOutcome>;

  /** The account's newest number and its state now; null before it is opened. */
  newest(accountId: string): Promise<Newest>;

  /** One entry by its number; null when the account has none. */
  entry(accountId: string, seq: number): Promise<Entry | null>;

  /** The entry that answers a request id of an account; null when none does. */
  answer(accountId: string, requestId: string): Promise<Entry | null>;

  /** Entries numbered below `before` (all, when null), newest first, at most `limit`. */
  history(
    accountId: string,
    page: { readonly before: number | null; readonly limit: number },
  ): Promise<readonly Entry[]>;

  /** The newest number of every account, in no order; for checking the log against the chains. */
  newestSeqs(): AsyncIterable<{ readonly accountId: string; readonly seq: number }>;

  /** Pending holds that are dead at `atMs`, the longest dead first, at most `limit`. */
  deadHolds(
    asked: { readonly atMs: number; readonly limit: number },
  ): Promise<readonly { readonly accountId: string; readonly holdId: string }[]>;

  /** Liability in minor units of each selection asked for, in their order. */
  exposures(selections: readonly SelectionRef[]): Promise<readonly number[]>;
}

import type { Entry } from "../domain/entry.ts";
import type { MarketState } from "../domain/market.ts";
import type { CommitOutcome } from "./commit_outcome.ts";

/** What a decision needs to see: one account, one request id, and the markets it touches. */
export interface LedgerQuery {
  readonly accountId: string;
  /** Null for what nobody asked for under a request id. */
  readonly requestId: string | null;
  readonly marketIds: readonly string[];
}

/**
 * What was seen, and by which versions a later commit knows that it still holds. The parts may have
 * been read at slightly different moments: the commit, not the read, makes them one.
 */
export interface LedgerView {
  readonly query: LedgerQuery;
  /** The account's newest entry; null before the account is opened. */
  readonly newest: Entry | null;
  /** The entry that already answers the request id, if there is one. */
  readonly answered: Entry | null;
  /** Unknown market ids are left out. */
  readonly markets: ReadonlyMap<string, MarketState>;
  /** The store's own versions of the markets seen, and of those not there; meaningless elsewhere. */
  readonly versions: unknown;
}

/**
 * The ledger's memory: a chain of entries an account, an index of request ids, the markets, and the
 * outbox of entries that the audit log has yet to take.
 */
export interface LedgerStore {
  /** Reads strongly: what was committed before the call is seen. */
  view(query: LedgerQuery): Promise<LedgerView>;

  /**
   * Appends entries to the account's chain in one atomic write, each with its outbox row and the
   * wake-up of the log's writer. It is `committed` only if the chain still ended at `view.newest`, no
   * entry answered the request id, and no market seen had changed. `entries` follow `view.newest`
   * without gaps; at most one of them answers the request.
   */
  commit(view: LedgerView, entries: readonly Entry[]): Promise<CommitOutcome>;

  /** The account's newest entry; null before it is opened. */
  newest(accountId: string): Promise<Entry | null>;

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
}

import type { Head, StoredRecord } from "../../audit/chain.ts";
import type { CommitOutcome } from "../../ports/commit_outcome.ts";
import type { Parcel } from "./parcel.ts";

/** A chain whose next entry has not come, although a later one has. */
export interface LogGap {
  readonly chain: string;
  /** The number of the newest entry that the log has. */
  readonly after: number;
}

/** What accounts, markets, the queue's consumer and readers ask of the object that has the log. */
export interface LogCalls {
  head(): Promise<Head>;

  /**
   * Takes the entries that are the next ones of their chains, in the order given; those it has are
   * passed over. Answers the chains of which an earlier entry is missing: theirs have to come again
   * behind it.
   */
  take(parcels: readonly Parcel[]): Promise<readonly LogGap[]>;

  /** Appends records if the log still ends where `before` says and they are the next of their chains. */
  append(
    before: Head,
    records: readonly StoredRecord[],
  ): Promise<CommitOutcome>;

  /** The number of the newest entry that the log has of each chain; 0 for none. */
  reached(chains: readonly string[]): Promise<readonly number[]>;

  /** Records numbered above `after`, in order, at most `limit`. */
  read(
    page: { readonly after: number; readonly limit: number },
  ): Promise<readonly StoredRecord[]>;

  /** Up to which record the tables for queries have the log, and a chain's records behind that. */
  unmirrored(
    page: {
      readonly chain: string;
      readonly after: number;
      readonly limit: number;
    },
  ): Promise<
    { readonly mirrored: number; readonly records: readonly StoredRecord[] }
  >;

  /** Records by their numbers, in order; those that are not there are left out. */
  pick(seqs: readonly number[]): Promise<readonly StoredRecord[]>;
}

import type { Head, StoredRecord } from "../audit/chain.ts";
import type { RecordDraft } from "../audit/record.ts";
import type { CommitOutcome } from "./commit_outcome.ts";

/** Drafts waiting in the outbox, and the head they would be appended to. */
export interface PendingRecords {
  readonly head: Head;
  /** Each chain's in the order of its own numbers; empty when nothing waits. */
  readonly drafts: readonly RecordDraft[];
  /** Whether more waited than these when they were read. */
  readonly more: boolean;
  /** The store's own version of the head and keys of the rows; meaningless elsewhere. */
  readonly versions: unknown;
}

/**
 * The append-only log. Nothing in this port changes or removes a record, and there is no other way
 * to one.
 */
export interface AuditLog {
  head(): Promise<Head>;

  /**
   * The head, read first, and then at most `limit` drafts from the outbox; a store that keeps entries
   * in pages hands out whole ones, and one at least, even if that holds more than `limit`. In this
   * order an unchanged head at the commit proves that none of the drafts was appended meanwhile.
   */
  pending(limit: number): Promise<PendingRecords>;

  /**
   * Appends records and removes their drafts from the outbox in one atomic write: `committed` only if
   * the head is still the one in `pending`. Whatever the outcome, each draft lands once: on anything
   * but `committed`, ask for `pending` again.
   */
  append(
    pending: PendingRecords,
    appended: { readonly records: readonly StoredRecord[]; readonly head: Head },
  ): Promise<CommitOutcome>;

  /** Records numbered above `after`, in order, at most `limit`. */
  read(page: { readonly after: number; readonly limit: number }): Promise<readonly StoredRecord[]>;

  /** One chain's records whose *log* number is above `after`, in order, at most `limit`. */
  readChain(
    page: { readonly chain: string; readonly after: number; readonly limit: number },
  ): Promise<readonly StoredRecord[]>;

  /** How many drafts wait, counted up to `atMost`. */
  waiting(atMost: number): Promise<number>;

  /** Whether the draft of entry `seq` of a chain waits in the outbox. */
  waits(chain: string, seq: number): Promise<boolean>;
}

import { EMPTY_HEAD, type Head, type StoredRecord } from "../../audit/chain.ts";
import type { RecordDraft } from "../../audit/record.ts";
import type { Entry } from "../../domain/entry.ts";
import type { HoldFate } from "../../domain/hold.ts";
import type { SportingEvent } from "../../domain/market.ts";
import type { Session } from "../../ports/session_store.ts";
import type { CommitOutcome } from "../../ports/commit_outcome.ts";

/**
 * How a commit is to end, for tests that need it to go wrong: named by what becomes of the write, and
 * what its caller is told.
 */
export type CommitFate =
  | "persistAndAnswer"
  | "failCommitAndNotPersist"
  | "failCommitButPersist"
  | "answerBusy"
  | "answerConflict";

/** What the memory adapters share, as the rooms of one database. It lives as long as the process. */
export class MemoryDatabase {
  /** By `chainOf`. */
  readonly chains = new Map<string, readonly Entry[]>();
  /** By `requestKey`. */
  readonly answers = new Map<string, Entry>();
  /** Liability in minor units by `selectionKey`. */
  readonly exposures = new Map<string, number>();
  /** By hold id. */
  readonly holds = new Map<string, HoldFate>();
  readonly events = new Map<string, SportingEvent>();
  readonly sessions = new Map<string, Session>();
  readonly outbox = new Map<string, RecordDraft>();
  readonly records: StoredRecord[] = [];
  head: Head = EMPTY_HEAD;
  /** The fates of the coming commits, first come first served; after them all goes well. */
  readonly fates: CommitFate[] = [];
  /** How many commits have been asked for. */
  commits = 0;

  /** Runs one atomic write: all of `write`, if `holds` says that nothing had changed, or none of it. */
  commit(holds: () => boolean, write: () => void): CommitOutcome {
    this.commits++;
    const fate = this.fates.shift() ?? "persistAndAnswer";
    if (fate === "answerBusy") return "busy";
    if (fate === "answerConflict") return "conflict";
    if (fate === "failCommitAndNotPersist") return "unknown";
    const persisted = holds();
    if (persisted) write();
    if (fate === "failCommitButPersist") return "unknown";
    return persisted ? "committed" : "conflict";
  }
}

import type { Head, StoredRecord } from "../../audit/chain.ts";
import { decodeRecord, entryOf, type RecordDraft } from "../../audit/record.ts";
import type { AuditLog, PendingRecords } from "../../ports/audit_log.ts";
import type { CommitOutcome } from "../../ports/commit_outcome.ts";
import type { MemoryDatabase } from "./memory_database.ts";

/** The log in memory, with the same promises as the real ones. */
export class MemoryAuditLog implements AuditLog {
  constructor(readonly database: MemoryDatabase) {}

  head(): Promise<Head> {
    return Promise.resolve(this.database.head);
  }

  pending(limit: number): Promise<PendingRecords> {
    const { head, outbox } = this.database;
    // A map keeps the order in which its rows came, and a chain's rows come in its own order.
    const drafts = [...outbox.values()].slice(0, limit);
    const more = outbox.size > drafts.length;
    return Promise.resolve({ head, drafts, more, versions: drafts });
  }

  // deno-lint-ignore require-await
  async append(
    pending: PendingRecords,
    appended: { readonly records: readonly StoredRecord[]; readonly head: Head },
  ): Promise<CommitOutcome> {
    const { database } = this;
    const drafts = pending.versions as readonly RecordDraft[];
    const { head } = pending;
    // Should a head ever have been set back, behind it stands a record that must not be doubled.
    const holds = () => database.head === head && database.records.length === head.size;
    return database.commit(holds, () => {
      database.records.push(...appended.records);
      database.head = appended.head;
      for (const draft of drafts) database.outbox.delete(draft.id);
    });
  }

  read(page: { readonly after: number; readonly limit: number }): Promise<readonly StoredRecord[]> {
    const { after, limit } = page;
    return Promise.resolve(this.database.records.slice(after, after + limit));
  }

  readChain(
    page: { readonly chain: string; readonly after: number; readonly limit: number },
  ): Promise<readonly StoredRecord[]> {
    const { chain, after, limit } = page;
    const records = this.database.records.slice(after)
      .filter((record) => entryOf(decodeRecord(record.bytes)).chain === chain);
    return Promise.resolve(records.slice(0, limit));
  }

  waiting(atMost: number): Promise<number> {
    return Promise.resolve(Math.min(this.database.outbox.size, atMost));
  }

  waits(chain: string, seq: number): Promise<boolean> {
    const drafts = [...this.database.outbox.values()].map(entryOf);
    return Promise.resolve(drafts.some((draft) => draft.chain === chain && draft.seq === seq));
  }
}

import type { Head, StoredRecord } from "../../audit/chain.ts";
import { draftOf, type RecordDraft } from "../../audit/record.ts";
import type { AuditLog, PendingRecords } from "../../ports/audit_log.ts";
import type { CommitOutcome } from "../../ports/commit_outcome.ts";
import type { D1Records } from "./d1_records.ts";
import type { LogCalls } from "./log_calls.ts";
import type { Outboxes } from "./outboxes.ts";
import { openedParcel } from "./parcel.ts";
import { theOnly } from "./placement.ts";
import type { ObjectNamespace } from "./platform.ts";

/**
 * The log as its readers see it, and what still waits in the objects' outboxes. Questions about one
 * chain go to D1 and, for what D1 has yet to get, to the log itself.
 */
export class ObjectAuditLog implements AuditLog {
  constructor(
    readonly log: ObjectNamespace<LogCalls>,
    readonly records: D1Records,
    readonly outboxes: Outboxes,
  ) {}

  head(): Promise<Head> {
    return theOnly(this.log).head();
  }

  /** Looks into every object's outbox: for checks and for sweeps, not for every day. */
  async pending(limit: number): Promise<PendingRecords> {
    const head = await theOnly(this.log).head();
    const drafts: RecordDraft[] = [];
    for await (const parcels of this.outboxes.waiting()) {
      drafts.push(
        ...parcels.map((parcel) => draftOf(openedParcel(parcel).entry)),
      );
      if (drafts.length > limit) break;
    }
    return {
      head,
      drafts: drafts.slice(0, limit),
      more: drafts.length > limit,
      versions: null,
    };
  }

  append(
    pending: PendingRecords,
    appended: {
      readonly records: readonly StoredRecord[];
      readonly head: Head;
    },
  ): Promise<CommitOutcome> {
    return theOnly(this.log).append(pending.head, appended.records);
  }

  read(
    page: { readonly after: number; readonly limit: number },
  ): Promise<readonly StoredRecord[]> {
    return theOnly(this.log).read(page);
  }

  async readChain(
    page: {
      readonly chain: string;
      readonly after: number;
      readonly limit: number;
    },
  ): Promise<readonly StoredRecord[]> {
    // The log is asked first: what D1 has got until then it still has when it is asked.
    const { mirrored, records: behind } = await theOnly(this.log).unmirrored(
      page,
    );
    const { chain, after, limit } = page;
    if (after >= mirrored) return behind;
    const seqs = (await this.records.seqs({ chain, after, limit }))
      .filter((seq) => seq <= mirrored);
    const before = await theOnly(this.log).pick(seqs);
    return [...before, ...behind].slice(0, limit);
  }

  async waiting(atMost: number): Promise<number> {
    let waiting = 0;
    for await (const parcels of this.outboxes.waiting()) {
      waiting += parcels.length;
      if (waiting >= atMost) return atMost;
    }
    return waiting;
  }

  async waits(chain: string, seq: number): Promise<boolean> {
    const [reached = 0] = await theOnly(this.log).reached([chain]);
    return seq > reached && await this.outboxes.has(chain, seq);
  }
}

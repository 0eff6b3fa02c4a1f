import { EMPTY_HEAD, type Head, type StoredRecord } from "../../audit/chain.ts";
import type { RecordDraft } from "../../audit/record.ts";
import type { AuditLog, PendingRecords } from "../../ports/audit_log.ts";
import type { CommitOutcome } from "../../ports/commit_outcome.ts";
import { commitAtomic } from "./commit_atomic.ts";
import { getAll } from "./get_all.ts";
import { keys } from "./keys.ts";
import type { KvBackend } from "./kv_backend.ts";

/** What an append checks and removes: the head that was read, and the outbox rows after it. */
interface Versions {
  readonly head: Deno.KvEntryMaybe<Head>;
  readonly rows: readonly Deno.KvEntry<RecordDraft>[];
}

/** A record's mutations: its own row, its index row, and the outbox row that goes. */
const MUTATIONS_A_RECORD = 3;

/** Room for keys, index rows and the serialised form, as a multiple of a draft's JSON text. */
const BYTES_A_DRAFT_BYTE = 2;

/** The append-only log in Deno KV. */
export class KvAuditLog implements AuditLog {
  /** The account behind which the next look into the outbox starts, so that none waits for others. */
  #servedLast: string | null = null;

  constructor(readonly kv: Deno.Kv, readonly backend: KvBackend) {}

  async head(): Promise<Head> {
    return (await this.kv.get<Head>(keys.logHead())).value ?? EMPTY_HEAD;
  }

  async pending(limit: number): Promise<PendingRecords> {
    const head = await this.kv.get<Head>(keys.logHead());
    const rows = this.#fitting(await this.#oldestRows(this.#atMost(limit)));
    const versions: Versions = { head, rows };
    return { head: head.value ?? EMPTY_HEAD, drafts: rows.map((row) => row.value), versions };
  }

  async append(
    pending: PendingRecords,
    appended: { readonly records: readonly StoredRecord[]; readonly head: Head },
  ): Promise<CommitOutcome> {
    const { head, rows } = pending.versions as Versions;
    const atomic = this.kv.atomic().check(head).set(keys.logHead(), appended.head);
    // Should a head ever have been set back, behind it stands a record that must not be written over.
    const nextKey = keys.record(pending.head.size + 1);
    atomic.check({ key: nextKey, versionstamp: null });
    for (const [index, record] of appended.records.entries()) {
      const row = rows[index];
      if (!row) throw new Error("there are more records than drafts they could come from");
      atomic.set(keys.record(record.seq), record);
      atomic.set(keys.accountRecord(row.value.accountId, record.seq), null);
      atomic.delete(row.key);
    }
    const outcome = await commitAtomic(atomic);
    if (outcome === "committed") this.#servedLast = rows.at(-1)?.value.accountId ?? null;
    return outcome;
  }

  async read(
    page: { readonly after: number; readonly limit: number },
  ): Promise<readonly StoredRecord[]> {
    const selector = { prefix: keys.allRecords(), start: keys.record(page.after + 1) };
    const rows = this.kv.list<StoredRecord>(selector, { limit: page.limit });
    return await Array.fromAsync(rows, (row) => row.value);
  }

  async readAccount(
    page: { readonly accountId: string; readonly after: number; readonly limit: number },
  ): Promise<readonly StoredRecord[]> {
    const { accountId, after, limit } = page;
    const prefix = keys.accountRecords(accountId);
    const start = keys.accountRecord(accountId, after + 1);
    const index = await Array.fromAsync(this.kv.list({ prefix, start }, { limit }));
    const wanted = index.map((row) => keys.record(Number(row.key.at(-1))));
    const found = await getAll<StoredRecord>(this.kv, this.backend, wanted);
    return found.map((row) => row.value).filter((record) => record !== null);
  }

  async waiting(atMost: number): Promise<number> {
    const rows = this.kv.list({ prefix: keys.allOutbox() }, { limit: atMost });
    return (await Array.fromAsync(rows)).length;
  }

  async waits(
    entry: { readonly accountId: string; readonly accountSeq: number },
  ): Promise<boolean> {
    const row = await this.kv.get(keys.outbox(entry.accountId, entry.accountSeq));
    return row.versionstamp !== null;
  }

  /**
   * The first rows behind the account served last, then, going round, those before. It starts at
   * whole accounts only: an account's rows always come in its own order, also after an append failed.
   */
  async #oldestRows(limit: number): Promise<Deno.KvEntry<RecordDraft>[]> {
    const prefix = keys.allOutbox();
    const list = (selector: Deno.KvListSelector, most: number) =>
      Array.fromAsync(this.kv.list<RecordDraft>(selector, { limit: most }));
    if (this.#servedLast === null) return await list({ prefix }, limit);
    const start = keys.behindOutbox(this.#servedLast);
    const rows = await list({ prefix, start }, limit);
    if (rows.length === limit) return rows;
    return [...rows, ...await list({ prefix, end: start }, limit - rows.length)];
  }

  #atMost(limit: number): number {
    return Math.min(limit, Math.floor((this.backend.mutationsAnAtomic - 1) / MUTATIONS_A_RECORD));
  }

  /** As many of the rows as one atomic has bytes for, but always the first. */
  #fitting(rows: readonly Deno.KvEntry<RecordDraft>[]): readonly Deno.KvEntry<RecordDraft>[] {
    let bytes = 0;
    const tooMany = rows.findIndex((row, index) => {
      bytes += JSON.stringify(row.value).length * BYTES_A_DRAFT_BYTE;
      return index > 0 && bytes > this.backend.bytesAnAtomic;
    });
    return tooMany === -1 ? rows : rows.slice(0, tooMany);
  }
}

import { EMPTY_HEAD, type Head, type StoredRecord } from "../../audit/chain.ts";
import { draftOf } from "../../audit/record.ts";
import type { AuditLog, PendingRecords } from "../../ports/audit_log.ts";
import type { CommitOutcome } from "../../ports/commit_outcome.ts";
import { commitAtomic } from "./commit_atomic.ts";
import type { ReadPage } from "./journal_page.ts";
import { keys } from "./keys.ts";
import type { KvBackend } from "./kv_backend.ts";
import type { KvLedger } from "./kv_ledger.ts";
import { type LogPage, logPagesOf, recordsOf } from "./log_pages.ts";

/** The log's head, and the page of the journal up to which the log has every entry. */
interface LogHead extends Head {
  readonly page: number;
}

/** What an append checks: the head that was read; and the page it takes the log to. */
interface Versions {
  readonly head: Deno.KvEntryMaybe<LogHead>;
  readonly page: number;
}

/** How much of an atomic's bytes the journal's pages may have been: records are a little longer. */
const SHARE_OF_ATOMIC = 0.7;

/**
 * The append-only log in Deno KV. The journal is its outbox: what stands behind the page that the head
 * names waits, and moving the head is what takes it out.
 */
export class KvAuditLog implements AuditLog {
  /** The head that this process saw or wrote last; its check says whether it is still the one. */
  #head: Deno.KvEntryMaybe<LogHead> | null = null;
  #appended = Promise.withResolvers<void>();

  constructor(readonly kv: Deno.Kv, readonly backend: KvBackend, readonly ledger: KvLedger) {}

  async head(): Promise<Head> {
    const { size, hash } = headOf(await this.kv.get<LogHead>(keys.logHead()));
    return { size, hash };
  }

  async pending(limit: number): Promise<PendingRecords> {
    const known = this.#head && await this.#pagesBehind(this.#head, limit);
    // Before it says that nothing waits, it looks at what others have written.
    const head = this.#head && known?.length ? this.#head : await this.#freshHead();
    const pages = known?.length ? known : await this.#pagesBehind(head, limit);
    const { size, hash, page } = headOf(head);
    const first = pages[0]?.first ?? size + 1;
    if (first !== size + 1) {
      throw new Error(`the journal goes on at ${first}, the log at ${size + 1}`);
    }
    const drafts = pages.flatMap((read) => read.entries.map(draftOf));
    const last = pages.at(-1)?.page ?? page;
    const versions: Versions = { head, page: last };
    const more = last < this.ledger.journal.last;
    return { head: { size, hash }, drafts, more, versions };
  }

  async append(
    pending: PendingRecords,
    appended: { readonly records: readonly StoredRecord[]; readonly head: Head },
  ): Promise<CommitOutcome> {
    const { head, page } = pending.versions as Versions;
    const next: LogHead = { ...appended.head, page };
    const atomic = this.kv.atomic().check(head).set(keys.logHead(), next);
    // Behind the head stands nothing: see `#freshHead`.
    const nextKey = keys.logPage(pending.head.size + 1);
    atomic.check({ key: nextKey, versionstamp: null });
    for (const { firstSeq, page: records } of logPagesOf(appended.records)) {
      atomic.set(keys.logPage(firstSeq), records);
    }
    const result = await commitAtomic(atomic);
    this.#head = result.outcome === "committed"
      ? { key: keys.logHead(), value: next, versionstamp: result.versionstamp }
      : null;
    this.#appended.resolve();
    this.#appended = Promise.withResolvers();
    return result.outcome;
  }

  /** Settles when this process next tried to append, whatever came of it. */
  nextAppend(): Promise<void> {
    return this.#appended.promise;
  }

  /** How many of the entries that this process knows of the log lacks, as far as it knows. */
  get behind(): number {
    return this.ledger.journal.size - (this.#head?.value?.size ?? 0);
  }

  async read(
    asked: { readonly after: number; readonly limit: number },
  ): Promise<readonly StoredRecord[]> {
    const { after, limit } = asked;
    const firstSeq = await this.#pageBelow(after + 2);
    if (firstSeq === null || limit < 1) return [];
    const records: StoredRecord[] = [];
    const selector = { prefix: keys.allLogPages(), start: keys.logPage(firstSeq) };
    for await (const row of this.kv.list<LogPage>(selector, { batchSize: 10 })) {
      const page = recordsOf(Number(row.key.at(-1)), row.value);
      records.push(...page.filter((record) => record.seq > after));
      if (records.length >= limit) break;
    }
    return records.slice(0, limit);
  }

  /** A record stands in the log where its entry stands in the journal: no index is needed. */
  async readChain(
    asked: { readonly chain: string; readonly after: number; readonly limit: number },
  ): Promise<readonly StoredRecord[]> {
    const { size } = await this.head();
    await this.ledger.journal.sync();
    const numbers = await this.ledger.numbersBehind(asked.chain, asked);
    const records: StoredRecord[] = [];
    let page: readonly StoredRecord[] = [];
    for (const number of numbers.filter((number) => number <= size)) {
      if (number > (page.at(-1)?.seq ?? 0)) page = await this.#pageWith(number);
      const record = page.find(({ seq }) => seq === number);
      if (!record) throw new Error(`the log has ${size} records, and not record ${number}`);
      records.push(record);
    }
    return records;
  }

  async waiting(atMost: number): Promise<number> {
    const { size } = await this.head();
    return Math.min(atMost, Math.max(0, await this.ledger.size() - size));
  }

  async waits(chain: string, seq: number): Promise<boolean> {
    const { size } = await this.head();
    const number = await this.ledger.number(chain, seq);
    return number !== null && number > size;
  }

  /**
   * The head first, then the journal: see the port. Before both the log's end, which can only have
   * grown since: should the head ever have been set back, nothing may be written over or twice.
   */
  async #freshHead(): Promise<Deno.KvEntryMaybe<LogHead>> {
    const end = await this.#end();
    const head = await this.kv.get<LogHead>(keys.logHead());
    const { size } = headOf(head);
    if (end > size) throw new Error(`the head counts ${size} records, the log has ${end}`);
    await this.ledger.journal.sync();
    return this.#head = head;
  }

  /** The number of the last record. */
  async #end(): Promise<number> {
    const options = { reverse: true, limit: 1 };
    for await (const row of this.kv.list<LogPage>({ prefix: keys.allLogPages() }, options)) {
      return Number(row.key.at(-1)) + row.value.lengths.length - 1;
    }
    return 0;
  }

  /** Whole pages of at most `limit` entries, as far as one atomic has room for their records. */
  async #pagesBehind(
    head: Deno.KvEntryMaybe<LogHead>,
    limit: number,
  ): Promise<readonly ReadPage[]> {
    const { page } = headOf(head);
    const bytes = this.backend.bytesAnAtomic * SHARE_OF_ATOMIC;
    const pages = await this.ledger.journal.pagesBehind(page, bytes);
    let entries = 0;
    const fit = pages.findIndex((read) => (entries += read.entries.length) > limit);
    return fit === -1 ? pages : pages.slice(0, Math.max(1, fit));
  }

  /** The records of the page that holds number `seq`; none when there is none. */
  async #pageWith(seq: number): Promise<readonly StoredRecord[]> {
    const selector = { prefix: keys.allLogPages(), end: keys.logPage(seq + 1) };
    for await (const row of this.kv.list<LogPage>(selector, { reverse: true, limit: 1 })) {
      return recordsOf(Number(row.key.at(-1)), row.value);
    }
    return [];
  }

  /** The number of the newest page that begins below `seq`. */
  async #pageBelow(seq: number): Promise<number | null> {
    const selector = { prefix: keys.allLogPages(), end: keys.logPage(seq) };
    for await (const row of this.kv.list<LogPage>(selector, { reverse: true, limit: 1 })) {
      return Number(row.key.at(-1));
    }
    return null;
  }
}

function headOf(head: Deno.KvEntryMaybe<LogHead>): LogHead {
  return head.value ?? { ...EMPTY_HEAD, page: 0 };
}

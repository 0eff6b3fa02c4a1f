import { LRUCache } from "lru-cache";
import type { Entry } from "../../domain/entry.ts";
import { type JournalPage, pagesOf, type ReadPage, readPage } from "./journal_page.ts";
import { JournalTail } from "./journal_tail.ts";
import { keys } from "./keys.ts";
import type { Checkpoint } from "./ledger_rows.ts";

/** How many pages are kept ready after they were read; they never change. */
const PAGES_KEPT = 256;

/** Who wants to hear of entries in the order in which they were committed. */
export interface JournalReader {
  /** Entries that were stored behind those heard before. */
  follow(entries: readonly Entry[]): void;
  /** There is a gap: whatever was remembered may be out of date. */
  forget(): void;
}

/**
 * The journal: every commit of every process, one behind the other, in pages. Its next empty page is
 * the one lock: a commit writes page n + 1 only if there is none, so what a process decided on pages 1
 * to n is written only while they are all there is.
 */
export class KvJournal {
  readonly tail = new JournalTail();
  readonly #pages = new LRUCache<number, ReadPage>({ max: PAGES_KEPT });
  /** Pages that are being read: who wants one of them too need not read it a second time. */
  readonly #reading = new Map<number, Promise<ReadPage>>();
  /** The last page known, how many entries there are up to it, and which page a checkpoint covers. */
  #last = 0;
  #size = 0;
  #covered = 0;
  #opened = false;
  #catchingUp: Promise<void> | null = null;

  constructor(readonly kv: Deno.Kv, readonly reader: JournalReader) {}

  /** The last page that this process knows. */
  get last(): number {
    return this.#last;
  }

  /** How many entries there are up to it. */
  get size(): number {
    return this.#size;
  }

  /** The page up to which rows tell everything, as far as this process knows. */
  get covered(): number {
    return this.#covered;
  }

  /** Reads what other processes have written since. Afterwards all that was committed before is known. */
  async sync(): Promise<void> {
    const next = await this.kv.get(keys.journal(this.#last + 1));
    if (this.#opened && next.versionstamp === null) return;
    // One at a time; who comes while it runs gets at least what was there when they came.
    await this.#catchingUp;
    await (this.#catchingUp ??= this.#catchUp().finally(() => this.#catchingUp = null));
  }

  /** Reads what there is, if nothing was read yet. */
  async open(): Promise<void> {
    if (!this.#opened) await this.sync();
  }

  /**
   * An atomic that appends entries behind page `from`, up to page `to`, and what to call once it is
   * committed; null when pages behind `from` are known already.
   */
  append(
    from: number,
    entries: readonly Entry[],
  ): { readonly atomic: Deno.AtomicOperation; readonly to: number; committed(): void } | null {
    if (this.#last !== from) return null;
    const pages = pagesOf(this.#size + 1, entries);
    const atomic = this.kv.atomic().check({ key: keys.journal(from + 1), versionstamp: null });
    for (const [index, page] of pages.entries()) atomic.set(keys.journal(from + 1 + index), page);
    const committed = () => {
      // A reader may have come upon the pages in the store before the commit's answer was here.
      if (this.#last !== from) return;
      let taken = 0;
      const behind = this.#size + 1 + entries.length;
      for (const [index, { first, bytes }] of pages.entries()) {
        const count = (pages[index + 1]?.first ?? behind) - first;
        const members = entries.slice(taken, taken + count);
        taken += count;
        this.#take({ page: from + 1 + index, first, entries: members, bytes: bytes.length });
      }
    };
    return { atomic, to: from + pages.length, committed };
  }

  /** A page, by its number. Throws, as a defect, when it is not there. */
  async page(page: number): Promise<ReadPage> {
    const ready = this.#pages.get(page) ?? this.#reading.get(page);
    if (ready) return await ready;
    const reading = this.#read(page);
    this.#reading.set(page, reading);
    try {
      return await reading;
    } finally {
      this.#reading.delete(page);
    }
  }

  /** The pages behind `page`, in their order, as long as they are together at most `bytes`; at least one. */
  async pagesBehind(page: number, bytes: number): Promise<readonly ReadPage[]> {
    const pages: ReadPage[] = [];
    let taken = 0;
    for await (const read of this.#from(page + 1)) {
      taken += read.bytes;
      if (pages.length > 0 && taken > bytes) break;
      pages.push(read);
    }
    return pages;
  }

  /** Rows tell everything up to `page`: the tail need not keep it. */
  cover(page: number): void {
    this.#covered = Math.max(this.#covered, page);
    this.tail.trim(this.#covered);
  }

  /** Pages from number `next` on: those in the tail from memory, older ones from the store. */
  async *#from(next: number): AsyncIterable<ReadPage> {
    const { pages } = this.tail;
    const kept = pages.findIndex((read) => read.page === next);
    if (kept >= 0) return yield* pages.slice(kept);
    const selector = { prefix: keys.allJournal(), start: keys.journal(next) };
    for await (const { key, value } of this.kv.list<JournalPage>(selector, { batchSize: 20 })) {
      const page = Number(key[1]);
      yield this.#pages.get(page) ?? readPage(page, value);
    }
  }

  async #read(page: number): Promise<ReadPage> {
    const { value } = await this.kv.get<JournalPage>(keys.journal(page));
    if (!value) throw new Error(`page ${page} of the journal is not there`);
    const read = readPage(page, value);
    this.#pages.set(page, read);
    return read;
  }

  async #catchUp(): Promise<void> {
    const { value: checkpoint } = await this.kv.get<Checkpoint>(keys.checkpoint());
    const covered = checkpoint?.page ?? 0;
    if (!this.#opened || covered > this.#last) await this.#reopen(covered);
    await this.#readOn();
    this.#opened = true;
  }

  /**
   * Starts anew behind the page that a checkpoint covers: in one step, because others read and commit
   * meanwhile, and a half of it would give entries the wrong places or hide some.
   */
  async #reopen(covered: number): Promise<void> {
    const read = covered > 0 ? await this.page(covered) : null;
    this.reader.forget();
    this.tail.clear();
    this.#covered = this.#last = covered;
    this.#size = read ? read.first + read.entries.length - 1 : 0;
  }

  async #readOn(): Promise<void> {
    const selector = { prefix: keys.allJournal(), start: keys.journal(this.#last + 1) };
    for await (const { key, value } of this.kv.list<JournalPage>(selector, { batchSize: 20 })) {
      const page = Number(key[1]);
      if (page === this.#last + 1) this.#take(readPage(page, value));
    }
  }

  #take(read: ReadPage): void {
    this.#last = read.page;
    this.#size = read.first + read.entries.length - 1;
    this.tail.add(read);
    this.#pages.set(read.page, read);
    this.reader.follow(read.entries);
  }
}

import { chainOf } from "../../domain/chain.ts";
import {
  type AccountEntry,
  type Entry,
  isMarketEntry,
  type MarketEntry,
  type Newest,
} from "../../domain/entry.ts";
import { exposureChanges, selectionKey } from "../../domain/exposure.ts";
import { type HoldFate, holdFateAfter } from "../../domain/hold.ts";
import { requestKey } from "../../ports/ledger_store.ts";
import type { ReadPage } from "./journal_page.ts";

/**
 * The end of the journal that no checkpoint has drawn rows from yet, kept in memory with what its
 * entries say. Whoever reads rows looks here as well: what is here is at least as new.
 */
export class JournalTail {
  #pages: ReadPage[] = [];
  #size = 0;
  readonly #entries = new Map<string, Entry[]>();
  /** Each entry's place among all entries ever. */
  readonly #numbers = new Map<Entry, number>();
  readonly #answers = new Map<string, Entry>();
  readonly #holds = new Map<string, HoldFate>();
  readonly #exposures = new Map<string, { readonly page: number; readonly byMinor: number }[]>();

  /** How many entries are in it. */
  get size(): number {
    return this.#size;
  }

  /** Its pages, in their order; more may come while they are looked at. */
  get pages(): readonly ReadPage[] {
    return this.#pages;
  }

  /** The chain's entries in the tail, oldest first. */
  entries(chain: string): readonly Entry[] {
    return this.#entries.get(chain) ?? [];
  }

  /** The account's newest entry in the tail; null when it has none there. */
  newest(accountId: string): Newest {
    const last = this.entries(accountId).at(-1);
    return last && !isMarketEntry(last) ? last : null;
  }

  /** The market's newest entry in the tail; null when it has none there. */
  newestOfMarket(marketId: string): Newest<MarketEntry> {
    const last = this.entries(chainOf({ marketId })).at(-1);
    return last && isMarketEntry(last) ? last : null;
  }

  /** The place among all entries ever of a chain's entry; null when it is not in the tail. */
  number(chain: string, seq: number): number | null {
    const entries = this.entries(chain);
    const entry = entries[seq - (entries[0]?.seq ?? 0)];
    return entry ? this.#numbers.get(entry) ?? null : null;
  }

  answer(chain: string, requestId: string): Entry | undefined {
    return this.#answers.get(requestKey(chain, requestId));
  }

  /** What the tail's entries made of a hold; undefined when they do not touch it. */
  holdFate(holdId: string): HoldFate | undefined {
    return this.#holds.get(holdId);
  }

  holdFates(): readonly HoldFate[] {
    return [...this.#holds.values()];
  }

  /** What the tail's pages behind `page` did to the liability on a selection (`selectionKey`). */
  exposureSince(page: number, selection: string): number {
    return (this.#exposures.get(selection) ?? [])
      .filter((change) => change.page > page)
      .reduce((sum, change) => sum + change.byMinor, 0);
  }

  /** Adds the page behind the last one. */
  add(read: ReadPage): void {
    this.#pages.push(read);
    this.#takeAll(read);
  }

  /** Lets go of the pages up to `page`: rows tell what they said. */
  trim(page: number): void {
    const kept = this.#pages.filter((read) => read.page > page);
    this.clear();
    this.#pages = kept;
    for (const read of kept) this.#takeAll(read);
  }

  clear(): void {
    this.#pages = [];
    this.#size = 0;
    for (const map of [this.#entries, this.#numbers, this.#answers]) map.clear();
    for (const map of [this.#holds, this.#exposures]) map.clear();
  }

  #takeAll(read: ReadPage): void {
    for (const [index, entry] of read.entries.entries()) {
      this.#numbers.set(entry, read.first + index);
      this.#take(read.page, entry);
    }
  }

  #take(page: number, entry: Entry): void {
    const chain = chainOf(entry);
    this.#size++;
    listed(this.#entries, chain).push(entry);
    if (entry.answers) this.#answers.set(requestKey(chain, entry.answers.requestId), entry);
    if (!isMarketEntry(entry)) this.#count(page, entry);
  }

  #count(page: number, { event }: AccountEntry): void {
    const fate = holdFateAfter(event);
    if (fate) this.#holds.set(fate.hold.id, fate);
    for (const change of exposureChanges(event)) {
      listed(this.#exposures, selectionKey(change)).push({ page, byMinor: change.byMinor });
    }
  }
}

function listed<Item>(lists: Map<string, Item[]>, name: string): Item[] {
  const list = lists.get(name) ?? [];
  lists.set(name, list);
  return list;
}

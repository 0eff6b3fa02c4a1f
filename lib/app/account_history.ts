import type { Bet } from "../domain/bet.ts";
import { type AccountEntry, accountEntry } from "../domain/entry.ts";
import { entryOfBetId } from "../domain/ids.ts";
import type { LedgerStore } from "../ports/ledger_store.ts";

/** A page of something that reads backwards in time. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Where the next page starts; null when this was the last one. */
  readonly next: number | null;
}

/** Where a page starts (null: at the newest) and how many items it has at most. */
export interface PageRequest {
  readonly before: number | null;
  readonly limit: number;
}

/** One read of the store, and how many reads one page may take. */
const ENTRIES_A_READ = 100;
const READS_A_PAGE = 20;

/**
 * The account's entries of interest, newest first. It reads on to the first one of the next page, so
 * that a last page says that it is the last; but no more than 2,000 entries, so a page may be short
 * of its limit and still not be the last.
 */
export async function pageOf<Item>(
  ledger: LedgerStore,
  accountId: string,
  asked: PageRequest & { readonly pick: (entry: AccountEntry) => Item | null },
): Promise<Page<Item>> {
  const items: Item[] = [];
  let before = asked.before;
  for (let reads = 0; reads < READS_A_PAGE; reads++) {
    const entries = await ledger.history(accountId, { before, limit: ENTRIES_A_READ });
    for (const entry of entries) {
      const item = asked.pick(accountEntry(entry));
      if (item !== null) {
        if (items.length === asked.limit) return { items, next: entry.seq + 1 };
        items.push(item);
      }
      before = entry.seq;
    }
    if (entries.length < ENTRIES_A_READ) return { items, next: null };
  }
  return { items, next: before };
}

/** The account's bets, newest first. */
export function listBets(
  ledger: LedgerStore,
  accountId: string,
  asked: PageRequest,
): Promise<Page<Bet>> {
  return pageOf(ledger, accountId, {
    ...asked,
    pick: ({ event }) => event.type === "bet.placed" ? event.bet : null,
  });
}

/** The account's entries that moved money, newest first. */
export function listStatement(
  ledger: LedgerStore,
  accountId: string,
  asked: PageRequest,
): Promise<Page<AccountEntry>> {
  return pageOf(ledger, accountId, {
    ...asked,
    pick: (entry) => entry.event.postings.length > 0 ? entry : null,
  });
}

/** One of the account's own bets; null for what is not there and for what is another's. */
export async function findBet(
  ledger: LedgerStore,
  accountId: string,
  betId: string,
): Promise<Bet | null> {
  const place = entryOfBetId(betId);
  if (place?.accountId !== accountId) return null;
  const entry = await ledger.entry(accountId, place.seq);
  return entry?.event.type === "bet.placed" ? entry.event.bet : null;
}

import { chainOf } from "../../domain/chain.ts";
import { type Entry, isMarketEntry } from "../../domain/entry.ts";
import {
  type ExposureChange,
  exposureChanges,
  selectionKey,
  type SelectionRef,
} from "../../domain/exposure.ts";
import { type HoldFate, holdFateAfter } from "../../domain/hold.ts";
import type { AccountMemory } from "./account_memory.ts";
import type { ReadPage } from "./journal_page.ts";
import { keys } from "./keys.ts";
import type { AccountRow, EntriesRow, MarketRow } from "./ledger_rows.ts";

/** One row that a checkpoint writes or, with a value of undefined, removes. */
export interface DrawnRow {
  readonly key: Deno.KvKey;
  readonly value: unknown;
  /** How much room it takes in a write: 1 for up to 4,000 bytes. */
  readonly weight: number;
}

/** Two for each entry; so many that a write full of the longest runs is within an atomic's bytes. */
const NUMBERS_A_RUN = 400;

/** A large market takes as much room as so many other rows. */
const WEIGHT_OF_MARKET = 8;

/** What pages did to the liability on one selection. */
export interface SelectionChanges {
  readonly selection: SelectionRef;
  readonly changes: { readonly page: number; readonly byMinor: number }[];
}

/** What pages did to liabilities, by `selectionKey`. */
export function exposureChangesOf(
  pages: readonly ReadPage[],
): ReadonlyMap<string, SelectionChanges> {
  const bySelection = new Map<string, SelectionChanges>();
  for (const { page, entries } of pages) {
    for (const change of entries.flatMap(changesBy)) {
      const name = selectionKey(change);
      const known = bySelection.get(name) ?? { selection: change, changes: [] };
      known.changes.push({ page, byMinor: change.byMinor });
      bySelection.set(name, known);
    }
  }
  return bySelection;
}

function changesBy(entry: Entry): readonly ExposureChange[] {
  return isMarketEntry(entry) ? [] : exposureChanges(entry.event);
}

/** Accounts, markets, their entries, requests and holds, as the pages leave them. */
export function rowsOf(
  pages: readonly ReadPage[],
  accounts: AccountMemory,
): readonly DrawnRow[] {
  const newest = new Map<string, Entry>();
  const runs = new Map<string, { readonly seq: number; readonly at: number[] }>();
  const fates = new Map<string, HoldFate>();
  const rows: DrawnRow[] = [];
  for (const { page, entries } of pages) {
    for (const [index, entry] of entries.entries()) {
      const { seq, answers } = entry;
      const chain = chainOf(entry);
      newest.set(chain, entry);
      const run = runs.get(chain) ?? { seq, at: [] };
      run.at.push(page, index);
      runs.set(chain, run);
      const fate = isMarketEntry(entry) ? null : holdFateAfter(entry.event);
      if (fate) fates.set(fate.hold.id, fate);
      if (answers) rows.push(light(keys.request(chain, answers.requestId), seq));
    }
  }
  for (const entry of newest.values()) rows.push(newestRow(entry, accounts));
  for (const [chain, { seq, at }] of runs) {
    for (let start = 0; start < at.length; start += NUMBERS_A_RUN) {
      const value: EntriesRow = at.slice(start, start + NUMBERS_A_RUN);
      rows.push(light(keys.entries(chain, seq + start / 2), value));
    }
  }
  for (const fate of fates.values()) {
    const { hold, status } = fate;
    rows.push(light(keys.hold(hold.accountId, hold.id), fate));
    rows.push(light(keys.due(hold), status === "pending" ? null : undefined));
  }
  return rows;
}

function light(key: Deno.KvKey, value: unknown): DrawnRow {
  return { key, value, weight: 1 };
}

function newestRow(entry: Entry, accounts: AccountMemory): DrawnRow {
  if (isMarketEntry(entry)) {
    const { marketId, seq, state } = entry;
    const value: MarketRow = { seq, state };
    return { key: keys.market(marketId), value, weight: WEIGHT_OF_MARKET };
  }
  const { accountId, seq, state } = entry;
  const value: AccountRow = { seq, state, requests: fewRequests(accounts, accountId, seq) };
  return light(keys.account(accountId), value);
}

/** The account's requests up to entry `seq`, if all are known and they are few. */
function fewRequests(
  accounts: AccountMemory,
  accountId: string,
  seq: number,
): AccountRow["requests"] {
  const known = accounts.get(accountId);
  if (!known?.requests?.few || known.newest === null || known.newest.seq < seq) return null;
  return [...known.requests.few].filter(([, answeredBy]) => answeredBy <= seq);
}

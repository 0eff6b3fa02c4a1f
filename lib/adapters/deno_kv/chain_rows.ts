import { chainOf } from "../../domain/chain.ts";
import { type Entry, isMarketEntry } from "../../domain/entry.ts";
import type { AccountMemory } from "./account_memory.ts";
import {
  EMPTY_INDEX,
  type IndexedEntry,
  type IndexEnd,
  intoRuns,
  overflows,
  withRecent,
} from "./chain_index.ts";
import type { ChainPlaces } from "./chain_places.ts";
import type { DrawnRow } from "./drawing.ts";
import type { ReadPage } from "./journal_page.ts";
import { keys } from "./keys.ts";
import type { AccountRow, MarketRow } from "./ledger_rows.ts";

/** Room that the rows take in a write: a full run, an account with its last entries, a large market. */
const WEIGHTS = { run: 2, account: 1, market: 8 } as const;

/** What pages tell of one chain: its entries in them, from number `seq` on, and the last of these. */
interface ChainTail {
  readonly seq: number;
  readonly entries: IndexedEntry[];
  newest: Entry;
}

/**
 * The rows of the accounts and markets that pages tell of, and the index that each chain has then. Runs
 * come before the rows of their owners, which give up the recent entries that the runs have taken over:
 * cut off in between, an entry is told of twice and not by nobody.
 */
export async function drawChains(
  pages: readonly ReadPage[],
  stored: ChainPlaces,
  memory: AccountMemory,
): Promise<{ readonly rows: readonly DrawnRow[]; readonly ends: ReadonlyMap<string, IndexEnd> }> {
  const tails = tailsOf(pages);
  const ends = await knownEnds([...tails.keys()], stored, memory);
  const full: { readonly chain: string; readonly run: number | null }[] = [];
  for (const [chain, { seq, entries }] of tails) {
    const end = ends.get(chain) ?? EMPTY_INDEX;
    // A row can be ahead of the checkpoint: it knows the first of the entries.
    const next = entries.slice(Math.max(0, end.seq + 1 - seq));
    if (overflows(end, next.length)) full.push({ chain, run: end.run });
    ends.set(chain, withRecent(end, next));
  }
  const rows: DrawnRow[] = [];
  const open = await stored.openRuns(full);
  for (const [index, { chain }] of full.entries()) {
    const { end, runs } = intoRuns(ends.get(chain) ?? EMPTY_INDEX, open[index] ?? null);
    ends.set(chain, end);
    for (const { seq, row } of runs) {
      rows.push({ key: keys.entries(chain, seq), value: row, weight: WEIGHTS.run });
    }
  }
  for (const [chain, { newest }] of tails) {
    rows.push(ownerRow(newest, ends.get(chain) ?? EMPTY_INDEX));
  }
  return { rows, ends };
}

function ownerRow(newest: Entry, end: IndexEnd): DrawnRow {
  const key = keys.owner(chainOf(newest));
  if (isMarketEntry(newest)) {
    const value: MarketRow = { ...end, state: newest.state };
    return { key, value, weight: WEIGHTS.market };
  }
  const value: AccountRow = { ...end, state: newest.state };
  return { key, value, weight: WEIGHTS.account };
}

/** The index of each chain as it is drawn: an account's from memory if it is there, else from its row. */
async function knownEnds(
  chains: readonly string[],
  stored: ChainPlaces,
  memory: AccountMemory,
): Promise<Map<string, IndexEnd>> {
  const ends = new Map<string, IndexEnd>();
  const unknown: string[] = [];
  for (const chain of chains) {
    const drawn = memory.get(chain)?.drawn;
    if (drawn) ends.set(chain, drawn);
    else unknown.push(chain);
  }
  const rows = await stored.ends(unknown);
  for (const [index, chain] of unknown.entries()) {
    const { seq, recent, run } = rows[index] ?? EMPTY_INDEX;
    ends.set(chain, { seq, recent, run });
  }
  return ends;
}

function tailsOf(pages: readonly ReadPage[]): ReadonlyMap<string, ChainTail> {
  const tails = new Map<string, ChainTail>();
  for (const { page, entries } of pages) {
    for (const [index, entry] of entries.entries()) {
      const chain = chainOf(entry);
      const indexed: IndexedEntry = [page, index, entry.answers?.requestId ?? null];
      const known = tails.get(chain);
      if (known) {
        known.entries.push(indexed);
        known.newest = entry;
      } else tails.set(chain, { seq: entry.seq, entries: [indexed], newest: entry });
    }
  }
  return tails;
}

import type { AccountState } from "../../domain/account.ts";
import {
  EMPTY_INDEX,
  type IndexedEntry,
  type IndexEnd,
  intoRuns,
  overflows,
  withRecent,
} from "./account_index.ts";
import type { AccountMemory } from "./account_memory.ts";
import type { Row } from "./checkpointer.ts";
import type { ReadPage } from "./journal_page.ts";
import { keys } from "./keys.ts";
import type { AccountRow, LedgerRows } from "./ledger_rows.ts";

/** What pages tell of one account: its entries in them, and the state they leave. */
interface AccountTail {
  readonly seq: number;
  readonly entries: IndexedEntry[];
  state: AccountState;
}

/**
 * The rows of the accounts that pages tell of, and the index that each account has then. Runs come
 * before the accounts' own rows, which give up the recent entries that the runs have taken over: cut
 * off in between, an entry is told of twice and not by nobody.
 */
export async function drawAccounts(
  pages: readonly ReadPage[],
  stored: LedgerRows,
  memory: AccountMemory,
): Promise<{ readonly rows: readonly Row[]; readonly ends: ReadonlyMap<string, IndexEnd> }> {
  const tails = tailsOf(pages);
  const ends = await knownEnds([...tails.keys()], stored, memory);
  const full: { readonly accountId: string; readonly run: number | null }[] = [];
  for (const [accountId, { seq, entries }] of tails) {
    const end = ends.get(accountId) ?? EMPTY_INDEX;
    // A row can be ahead of the checkpoint: it knows the first of the entries.
    const next = entries.slice(Math.max(0, end.seq + 1 - seq));
    if (overflows(end, next.length)) full.push({ accountId, run: end.run });
    ends.set(accountId, withRecent(end, next));
  }
  const rows: Row[] = [];
  const open = await stored.openRuns(full);
  for (const [index, { accountId }] of full.entries()) {
    const { end, runs } = intoRuns(ends.get(accountId) ?? EMPTY_INDEX, open[index] ?? null);
    ends.set(accountId, end);
    for (const { seq, row } of runs) rows.push({ key: keys.entries(accountId, seq), value: row });
  }
  for (const [accountId, { state }] of tails) {
    const value: AccountRow = { ...ends.get(accountId) ?? EMPTY_INDEX, state };
    rows.push({ key: keys.account(accountId), value });
  }
  return { rows, ends };
}

/** The index of each account as it is drawn: from memory, else from its row. */
async function knownEnds(
  accountIds: readonly string[],
  stored: LedgerRows,
  memory: AccountMemory,
): Promise<Map<string, IndexEnd>> {
  const ends = new Map<string, IndexEnd>();
  const unknown: string[] = [];
  for (const accountId of accountIds) {
    const drawn = memory.get(accountId)?.drawn;
    if (drawn) ends.set(accountId, drawn);
    else unknown.push(accountId);
  }
  const rows = await stored.accounts(unknown);
  for (const [index, accountId] of unknown.entries()) {
    const row = rows[index];
    ends.set(accountId, row ? { seq: row.seq, recent: row.recent, run: row.run } : EMPTY_INDEX);
  }
  return ends;
}

function tailsOf(pages: readonly ReadPage[]): ReadonlyMap<string, AccountTail> {
  const tails = new Map<string, AccountTail>();
  for (const { page, entries } of pages) {
    for (const [index, { accountId, seq, answers, state }] of entries.entries()) {
      const indexed: IndexedEntry = [page, index, answers?.requestId ?? null];
      const known = tails.get(accountId);
      if (known) {
        known.entries.push(indexed);
        known.state = state;
      } else tails.set(accountId, { seq, entries: [indexed], state });
    }
  }
  return tails;
}

import type { Entry } from "../../domain/entry.ts";
import { exposureChanges, selectionKey, type SelectionRef } from "../../domain/exposure.ts";
import { type HoldFate, holdFateAfter } from "../../domain/hold.ts";
import type { AccountMemory } from "./account_memory.ts";
import { commitAtomic } from "./commit_atomic.ts";
import type { ReadPage } from "./journal_page.ts";
import { keys } from "./keys.ts";
import type { KvLedger } from "./kv_ledger.ts";
import type { AccountRow, Checkpoint, EntriesRow, ExposureRow } from "./ledger_rows.ts";

/** One row to write or, with a value of undefined, to remove. */
interface Row {
  readonly key: Deno.KvKey;
  readonly value: unknown;
}

/** Rows a write: enough to be cheap, few enough to let bets in between. */
const ROWS_A_WRITE = 200;

/** An account's row holds its requests up to this many. */
const REQUESTS_IN_A_ROW = 16;

/** Two for each entry; a value may take 64 KiB. */
const NUMBERS_A_RUN = 2_000;

/** How a checkpoint ended. `overtaken`: another process made one meanwhile. */
export type CheckpointResult = "done" | "nothing" | "overtaken" | "failed";

/**
 * Draws rows from the tail of the journal, so that accounts, requests and liabilities can be found
 * without it and a start need not read it. Each row says by its number or page what it is as of; so a
 * checkpoint may be cut off between any two writes and the next one writes the same again.
 */
export class Checkpointer {
  #running: Promise<CheckpointResult> | null = null;

  constructor(readonly kv: Deno.Kv, readonly ledger: KvLedger) {}

  /** Makes a checkpoint of all that is known now. Calls during one share it. */
  run(): Promise<CheckpointResult> {
    return this.#running ??= this.#run().finally(() => this.#running = null);
  }

  async #run(): Promise<CheckpointResult> {
    await this.ledger.journal.sync();
    const checkpoint = await this.kv.get<Checkpoint>(keys.checkpoint());
    const covered = checkpoint.value?.page ?? 0;
    if (covered !== this.ledger.journal.covered) {
      if (covered <= this.ledger.journal.last) this.ledger.journal.cover(covered);
      return "overtaken";
    }
    const { pages } = this.ledger.journal.tail;
    const last = pages.at(-1)?.page;
    if (last === undefined) return "nothing";
    const rows = [
      ...rowsOf(pages, this.ledger.memory.accounts),
      ...await this.#exposureRows(pages, last),
    ];
    for (let start = 0; start < rows.length; start += ROWS_A_WRITE) {
      const outcome = await this.#write(checkpoint, rows.slice(start, start + ROWS_A_WRITE));
      if (outcome !== "committed") return outcome === "conflict" ? "overtaken" : "failed";
    }
    const end = await this.#write(checkpoint, [{ key: keys.checkpoint(), value: { page: last } }]);
    if (end !== "committed") return end === "conflict" ? "overtaken" : "failed";
    this.ledger.journal.cover(last);
    return "done";
  }

  async #write(checkpoint: Deno.KvEntryMaybe<Checkpoint>, rows: readonly Row[]) {
    const atomic = this.kv.atomic().check(checkpoint);
    for (const { key, value } of rows) {
      if (value === undefined) atomic.delete(key);
      else atomic.set(key, value);
    }
    return (await commitAtomic(atomic)).outcome;
  }

  /** Liabilities as of page `last`: each old row, and what the pages behind it changed. */
  async #exposureRows(pages: readonly ReadPage[], last: number): Promise<readonly Row[]> {
    const changes = exposureChangesOf(pages);
    const selections = [...changes.values()].map(({ selection }) => selection);
    const before = await this.ledger.rows.exposures(selections);
    return [...changes.values()].map(({ selection, changes }, index): Row => {
      const row = before[index] ?? { page: 0, liabilityMinor: 0 };
      const newer = changes.filter((change) => change.page > row.page);
      const sinceMinor = newer.reduce((sum, change) => sum + change.byMinor, 0);
      const value: ExposureRow = { page: last, liabilityMinor: row.liabilityMinor + sinceMinor };
      return { key: keys.exposure(selection.marketId, selection.selectionId), value };
    });
  }
}

interface SelectionChanges {
  readonly selection: SelectionRef;
  readonly changes: { readonly page: number; readonly byMinor: number }[];
}

function exposureChangesOf(pages: readonly ReadPage[]): ReadonlyMap<string, SelectionChanges> {
  const bySelection = new Map<string, SelectionChanges>();
  for (const { page, entries } of pages) {
    for (const change of entries.flatMap((entry) => exposureChanges(entry.event))) {
      const name = selectionKey(change);
      const known = bySelection.get(name) ?? { selection: change, changes: [] };
      known.changes.push({ page, byMinor: change.byMinor });
      bySelection.set(name, known);
    }
  }
  return bySelection;
}

/** Accounts, their entries, requests and holds, as the pages leave them. */
function rowsOf(pages: readonly ReadPage[], accounts: AccountMemory): readonly Row[] {
  const newest = new Map<string, Entry>();
  const runs = new Map<string, { readonly seq: number; readonly at: number[] }>();
  const fates = new Map<string, HoldFate>();
  const rows: Row[] = [];
  for (const { page, entries } of pages) {
    for (const [index, entry] of entries.entries()) {
      const { accountId, seq, answers, event } = entry;
      newest.set(accountId, entry);
      const run = runs.get(accountId) ?? { seq, at: [] };
      run.at.push(page, index);
      runs.set(accountId, run);
      const fate = holdFateAfter(event);
      if (fate) fates.set(fate.hold.id, fate);
      if (answers) rows.push({ key: keys.request(accountId, answers.requestId), value: seq });
    }
  }
  for (const [accountId, { seq, state }] of newest) {
    const value: AccountRow = { seq, state, requests: fewRequests(accounts, accountId, seq) };
    rows.push({ key: keys.account(accountId), value });
  }
  for (const [accountId, { seq, at }] of runs) {
    for (let start = 0; start < at.length; start += NUMBERS_A_RUN) {
      const value: EntriesRow = at.slice(start, start + NUMBERS_A_RUN);
      rows.push({ key: keys.entries(accountId, seq + start / 2), value });
    }
  }
  for (const fate of fates.values()) {
    const { hold, status } = fate;
    rows.push({ key: keys.hold(hold.accountId, hold.id), value: fate });
    rows.push({ key: keys.due(hold), value: status === "pending" ? null : undefined });
  }
  return rows;
}

/** The account's requests up to entry `seq`, if all are known and they are few. */
function fewRequests(
  accounts: AccountMemory,
  accountId: string,
  seq: number,
): AccountRow["requests"] {
  const known = accounts.get(accountId);
  if (!known?.requests || known.newest === null || known.newest.seq < seq) return null;
  const requests = [...known.requests].filter(([, answeredBy]) => answeredBy <= seq);
  return requests.length <= REQUESTS_IN_A_ROW ? requests : null;
}

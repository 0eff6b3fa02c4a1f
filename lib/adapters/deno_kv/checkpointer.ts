import type { Entry } from "../../domain/entry.ts";
import { exposureChanges, selectionKey, type SelectionRef } from "../../domain/exposure.ts";
import { type HoldFate, holdFateAfter } from "../../domain/hold.ts";
import type { AccountMemory } from "./account_memory.ts";
import type { CommitOutcome } from "../../ports/commit_outcome.ts";
import { type AtomicResult, commitAtomic } from "./commit_atomic.ts";
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

/** Two for each entry; so many that a write full of the longest runs is within an atomic's bytes. */
const NUMBERS_A_RUN = 400;

/** How a checkpoint ended. `overtaken`: another process made one meanwhile. */
export type CheckpointResult = "done" | "nothing" | "overtaken" | "failed";

/**
 * Draws rows from the tail of the journal, so that accounts, requests and liabilities can be found
 * without it and a start need not read it. Each row says by its number or page what it is as of; so a
 * checkpoint may be cut off between any two writes and the next one writes the same again.
 *
 * Every write moves the checkpoint's own row on, so of two processes only one can go on writing; and
 * who goes on has seen that row before it read the journal, so it knows every page that rows tell of.
 */
export class Checkpointer {
  #running: Promise<CheckpointResult> | null = null;
  /** The version of a checkpoint in the making, as it was last seen. */
  #unfinished: string | null = null;

  constructor(readonly kv: Deno.Kv, readonly ledger: KvLedger) {}

  /** Makes a checkpoint of all that is known now. Calls during one share it. */
  run(): Promise<CheckpointResult> {
    return this.#running ??= this.#run().finally(() => this.#running = null);
  }

  async #run(): Promise<CheckpointResult> {
    const { journal } = this.ledger;
    const checkpoint = await this.kv.get<Checkpoint>(keys.checkpoint());
    await journal.sync();
    const covered = checkpoint.value?.page ?? 0;
    if (covered !== journal.covered) {
      if (covered <= journal.last) journal.cover(covered);
      return "overtaken";
    }
    if (checkpoint.value?.drawing && checkpoint.versionstamp !== this.#unfinished) {
      // Somebody is at it. If they do not get on until the next time, they are gone.
      this.#unfinished = checkpoint.versionstamp;
      return "overtaken";
    }
    const pages = [...journal.tail.pages];
    const last = pages.at(-1)?.page;
    if (last === undefined) return "nothing";
    const rows = [
      ...rowsOf(pages, this.ledger.memory.accounts),
      ...await this.#exposureRows(pages, last),
    ];
    let { versionstamp } = checkpoint;
    for (let start = 0; start < rows.length; start += ROWS_A_WRITE) {
      const result = await this.#write(versionstamp, {
        rows: rows.slice(start, start + ROWS_A_WRITE),
        checkpoint: { page: covered, drawing: true },
      });
      if (result.outcome !== "committed") return ended(result.outcome);
      this.#unfinished = versionstamp = result.versionstamp;
    }
    const end = { rows: [], checkpoint: { page: last, drawing: false } };
    const { outcome } = await this.#write(versionstamp, end);
    if (outcome !== "committed") return ended(outcome);
    journal.cover(last);
    return "done";
  }

  /** Writes rows, and the checkpoint's own, if that is still as this process left it. */
  #write(
    versionstamp: string | null,
    written: { readonly rows: readonly Row[]; readonly checkpoint: Checkpoint },
  ): Promise<AtomicResult> {
    const key = keys.checkpoint();
    const atomic = this.kv.atomic().check({ key, versionstamp }).set(key, written.checkpoint);
    for (const { key, value } of written.rows) {
      if (value === undefined) atomic.delete(key);
      else atomic.set(key, value);
    }
    return commitAtomic(atomic);
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

function ended(outcome: Exclude<CommitOutcome, "committed">): CheckpointResult {
  return outcome === "conflict" ? "overtaken" : "failed";
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
  if (!known?.requests?.few || known.newest === null || known.newest.seq < seq) return null;
  return [...known.requests.few].filter(([, answeredBy]) => answeredBy <= seq);
}

import type { CommitOutcome } from "../../ports/commit_outcome.ts";
import { type AtomicResult, commitAtomic } from "./commit_atomic.ts";
import { drawChains } from "./chain_rows.ts";
import { type DrawnRow, exposureChangesOf, holdRows } from "./drawing.ts";
import type { ReadPage } from "./journal_page.ts";
import { keys } from "./keys.ts";
import type { KvLedger } from "./kv_ledger.ts";
import type { Checkpoint, ExposureRow } from "./ledger_rows.ts";

/** How much one write takes: enough to be cheap, little enough to let bets in between. */
const WEIGHT_A_WRITE = 200;

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

  /** The version of the checkpoint that this process finished last, while it is at no other. */
  #own: string | null = null;

  constructor(
    readonly kv: Deno.Kv,
    readonly ledger: KvLedger,
    readonly weightAWrite: number = WEIGHT_A_WRITE,
  ) {}

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
    const { accounts } = this.ledger.memory;
    // Somebody else has drawn since this process did, if only a part.
    if (checkpoint.versionstamp !== this.#own) accounts.forgetDrawn();
    this.#own = null;
    const drawn = await drawChains(pages, this.ledger.rows.places, accounts);
    const rows = [...drawn.rows, ...holdRows(pages), ...await this.#exposureRows(pages, last)];
    let { versionstamp } = checkpoint;
    for (const bite of bitesOf(rows, this.weightAWrite)) {
      const result = await this.#write(versionstamp, {
        rows: bite,
        checkpoint: { page: covered, drawing: true },
      });
      if (result.outcome !== "committed") return ended(result.outcome);
      this.#unfinished = versionstamp = result.versionstamp;
    }
    const end = { rows: [], checkpoint: { page: last, drawing: false } };
    const ending = await this.#write(versionstamp, end);
    if (ending.outcome !== "committed") return ended(ending.outcome);
    this.#own = ending.versionstamp;
    for (const [chain, end] of drawn.ends) accounts.drew(chain, end);
    journal.cover(last);
    return "done";
  }

  /** Writes rows, and the checkpoint's own, if that is still as this process left it. */
  #write(
    versionstamp: string | null,
    written: { readonly rows: readonly DrawnRow[]; readonly checkpoint: Checkpoint },
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
  async #exposureRows(pages: readonly ReadPage[], last: number): Promise<readonly DrawnRow[]> {
    const changes = exposureChangesOf(pages);
    const selections = [...changes.values()].map(({ selection }) => selection);
    const before = await this.ledger.rows.exposures(selections);
    return [...changes.values()].map(({ selection, changes }, index): DrawnRow => {
      const row = before[index] ?? { page: 0, liabilityMinor: 0 };
      const newer = changes.filter((change) => change.page > row.page);
      const sinceMinor = newer.reduce((sum, change) => sum + change.byMinor, 0);
      const value: ExposureRow = { page: last, liabilityMinor: row.liabilityMinor + sinceMinor };
      const key = keys.exposure(selection.marketId, selection.selectionId);
      return { key, value, weight: 1 };
    });
  }
}

/** The rows in the bites in which they are written. */
function bitesOf(
  rows: readonly DrawnRow[],
  weightAWrite: number,
): readonly (readonly DrawnRow[])[] {
  const bites: DrawnRow[][] = [];
  let weight = Infinity;
  for (const row of rows) {
    weight += row.weight;
    if (weight > weightAWrite) {
      bites.push([]);
      weight = row.weight;
    }
    bites.at(-1)?.push(row);
  }
  return bites;
}

function ended(outcome: Exclude<CommitOutcome, "committed">): CheckpointResult {
  return outcome === "conflict" ? "overtaken" : "failed";
}

import type { Measured } from "../load/measured.ts";
import { type Cell, cellName } from "./plan.ts";

/** What one round gave for one cell. */
export interface Sample extends Measured {
  readonly memoryBytes: number;
  /** What was left to do when the load ended took so long. */
  readonly settledMs: number;
}

/** Memory over bets, from the beginning on. */
export interface MemoryPoint {
  readonly bets: number;
  readonly memoryBytes: number;
}

/** What the rounds so far gave, by cell. */
export class Samples {
  readonly #byCell = new Map<string, { readonly cell: Cell; readonly rounds: Sample[] }>();
  memoryOverBets: readonly MemoryPoint[] = [];

  add(cell: Cell, sample: Sample): void {
    const name = cellName(cell);
    const row = this.#byCell.get(name) ?? { cell, rounds: [] };
    row.rounds.push(sample);
    this.#byCell.set(name, row);
  }

  /** One for each round, in their order; none where the cell was not measured. */
  of(cell: Cell): readonly Sample[] {
    return this.#byCell.get(cellName(cell))?.rounds ?? [];
  }

  rows(): readonly { readonly cell: Cell; readonly rounds: readonly Sample[] }[] {
    return [...this.#byCell.values()];
  }
}

/** The middle of some numbers, and how far they reach to both sides. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** Null for no numbers. */
export function spreadOf(values: readonly number[]): Spread | null {
  const sorted = [...values].sort((a, b) => a - b);
  const [least, most] = [sorted.at(0), sorted.at(-1)];
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  const high = sorted[Math.ceil((sorted.length - 1) / 2)];
  if (least === undefined || most === undefined || low === undefined || high === undefined) {
    return null;
  }
  return { median: (low + high) / 2, least, most };
}

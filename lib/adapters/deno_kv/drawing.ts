import { type Entry, isMarketEntry } from "../../domain/entry.ts";
import {
  type ExposureChange,
  exposureChanges,
  selectionKey,
  type SelectionRef,
} from "../../domain/exposure.ts";
import { type HoldFate, holdFateAfter } from "../../domain/hold.ts";
import type { ReadPage } from "./journal_page.ts";
import { keys } from "./keys.ts";

/** One row that a checkpoint writes or, with a value of undefined, removes. */
export interface DrawnRow {
  readonly key: Deno.KvKey;
  readonly value: unknown;
  /** How much room it takes in a write: 1 for up to 4,000 bytes. */
  readonly weight: number;
}

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

/** The rows of holds, as the pages leave them. */
export function holdRows(pages: readonly ReadPage[]): readonly DrawnRow[] {
  const fates = new Map<string, HoldFate>();
  for (const entry of pages.flatMap(({ entries }) => entries)) {
    const fate = isMarketEntry(entry) ? null : holdFateAfter(entry.event);
    if (fate) fates.set(fate.hold.id, fate);
  }
  return [...fates.values()].flatMap((fate): readonly DrawnRow[] => {
    const { hold, status } = fate;
    const due = status === "pending" ? null : undefined;
    return [
      { key: keys.hold(hold.accountId, hold.id), value: fate, weight: 1 },
      { key: keys.due(hold), value: due, weight: 1 },
    ];
  });
}

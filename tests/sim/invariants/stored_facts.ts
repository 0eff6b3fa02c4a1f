import type { Head, StoredRecord } from "../../../lib/audit/chain.ts";
import {
  type JournalPage,
  type ReadPage,
  readPage,
} from "../../../lib/adapters/deno_kv/journal_page.ts";
import type { EntriesRow } from "../../../lib/adapters/deno_kv/chain_index.ts";
import type {
  AccountRow,
  Checkpoint,
  ExposureRow,
  MarketRow,
} from "../../../lib/adapters/deno_kv/ledger_rows.ts";
import { type LogPage, recordsOf } from "../../../lib/adapters/deno_kv/log_pages.ts";
import { selectionKey } from "../../../lib/domain/exposure.ts";
import type { HoldFate } from "../../../lib/domain/hold.ts";
import type { Change } from "../fake_kv/fake_database.ts";

/** What one write says in the ledger's own words. */
export interface StoredFacts {
  readonly pages: readonly ReadPage[];
  readonly records: readonly StoredRecord[];
  /** The log's head, and the page of the journal up to which the log is said to have everything. */
  readonly head: (Head & { readonly page: number }) | null;
  readonly checkpoint: Checkpoint | null;
  readonly rows: readonly DrawnRow[];
  /** Keys that must never change again, and were written a second time or deleted, in words. */
  readonly overwritten: readonly string[];
}

/** A row that a checkpoint draws from the journal. */
export type DrawnRow =
  | { readonly of: "account"; readonly accountId: string; readonly row: AccountRow }
  | { readonly of: "market"; readonly marketId: string; readonly row: MarketRow }
  | {
    readonly of: "entries";
    readonly chain: string;
    /** Number of the first entry that the row tells of. */
    readonly seq: number;
    readonly row: EntriesRow;
  }
  | { readonly of: "exposure"; readonly selection: string; readonly row: ExposureRow }
  | { readonly of: "hold"; readonly accountId: string; readonly fate: HoldFate }
  | {
    readonly of: "due";
    readonly expiresAtMs: number;
    readonly accountId: string;
    readonly holdId: string;
    /** Whether the row was written, not removed. */
    readonly there: boolean;
  };

interface Facts {
  readonly pages: ReadPage[];
  readonly records: StoredRecord[];
  head: StoredFacts["head"];
  checkpoint: Checkpoint | null;
  readonly rows: DrawnRow[];
  readonly overwritten: string[];
}

/**
 * The facts in the raw changes of one write. This is the only place of the simulation that knows how
 * the database is laid out; a new layout means new words here and nothing else.
 */
export function storedFacts(changes: readonly Change[]): StoredFacts {
  const facts: Facts = {
    pages: [],
    records: [],
    head: null,
    checkpoint: null,
    rows: [],
    overwritten: [],
  };
  for (const change of changes) take(facts, change);
  facts.pages.sort((a, b) => a.page - b.page);
  facts.records.sort((a, b) => a.seq - b.seq);
  return facts;
}

function take(facts: Facts, { key, before, after }: Change): void {
  const [room, first, second, third] = key;
  const permanent = room === "journal" || (room === "log" && first === "page");
  if (permanent && before) facts.overwritten.push(key.map(String).join("/"));
  if (room === "due") {
    const [expiresAtMs, accountId, holdId] = [Number(first), String(second), String(third)];
    facts.rows.push({ of: "due", expiresAtMs, accountId, holdId, there: after !== null });
    return;
  }
  if (!after) {
    if (room !== "session") facts.overwritten.push(key.map(String).join("/"));
    return;
  }
  const { value } = after.stored;
  const accountId = String(first);
  switch (room) {
    case "journal":
      facts.pages.push(readPage(Number(first), value as JournalPage));
      return;
    case "log":
      if (first === "head") facts.head = value as StoredFacts["head"];
      else facts.records.push(...recordsOf(Number(second), value as LogPage));
      return;
    case "market":
      facts.rows.push({ of: "market", marketId: String(first), row: value as MarketRow });
      return;
    case "checkpoint":
      facts.checkpoint = value as Checkpoint;
      return;
    case "account":
      facts.rows.push({ of: "account", accountId, row: value as AccountRow });
      return;
    case "entries":
      facts.rows.push({
        of: "entries",
        chain: String(first),
        seq: Number(second),
        row: value as EntriesRow,
      });
      return;
    case "exposure": {
      const selection = selectionKey({ marketId: accountId, selectionId: String(second) });
      facts.rows.push({ of: "exposure", selection, row: value as ExposureRow });
      return;
    }
    case "hold":
      facts.rows.push({ of: "hold", accountId, fate: value as HoldFate });
  }
}

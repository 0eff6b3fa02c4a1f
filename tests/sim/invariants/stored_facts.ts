import type { Head, StoredRecord } from "../../../lib/audit/chain.ts";
import type { RecordDraft } from "../../../lib/audit/record.ts";
import type { Entry } from "../../../lib/domain/entry.ts";
import type { MarketState } from "../../../lib/domain/market.ts";
import type { Change } from "../fake_kv/fake_database.ts";

/** What one write says in the ledger's own words. `overwrites` tells what must never happen. */
export interface StoredFacts {
  readonly entries: readonly Entry[];
  /** Rows that lead from a request to the entry that answers it, by "account request". */
  readonly answers: ReadonlyMap<string, number>;
  /** Drafts put into the outbox and places of drafts taken out of it, by "account seq". */
  readonly drafts: ReadonlyMap<string, RecordDraft>;
  readonly draftsTaken: ReadonlySet<string>;
  readonly records: readonly StoredRecord[];
  /** The account that leads to each record, by the record's number. */
  readonly recordAccounts: ReadonlyMap<number, string>;
  readonly head: Head | null;
  readonly markets: readonly MarketState[];
  /** Permanent keys that were written a second time, or deleted, in words. */
  readonly overwritten: readonly string[];
}

/** Rooms of the database in which a key is written once and stays. */
const PERMANENT = ["account", "request", "log record", "log account"];

/**
 * The facts in the raw changes of one write. This is the only place of the simulation that knows how
 * the database is laid out; a new layout means new words here and nothing else.
 */
export function storedFacts(changes: readonly Change[]): StoredFacts {
  const entries: Entry[] = [];
  const answers = new Map<string, number>();
  const drafts = new Map<string, RecordDraft>();
  const draftsTaken = new Set<string>();
  const records: StoredRecord[] = [];
  const recordAccounts = new Map<number, string>();
  const markets: MarketState[] = [];
  const overwritten: string[] = [];
  let head: Head | null = null;
  for (const change of changes) {
    const { key, before, after } = change;
    const room = key[0] === "log" ? `log ${String(key[1])}` : String(key[0]);
    const place = key.slice(room.startsWith("log ") ? 2 : 1).map(String).join(" ");
    if (before && PERMANENT.includes(room)) overwritten.push(key.map(String).join("/"));
    if (!after) {
      if (room === "outbox" && before) draftsTaken.add(place);
      continue;
    }
    const { value } = after.stored;
    if (room === "account") entries.push(value as Entry);
    else if (room === "request") answers.set(place, value as number);
    else if (room === "outbox") drafts.set(place, value as RecordDraft);
    else if (room === "market") markets.push(value as MarketState);
    else if (room === "log head") head = value as Head;
    else if (room === "log record") records.push(value as StoredRecord);
    else if (room === "log account") recordAccounts.set(Number(key[3]), String(key[2]));
  }
  entries.sort((a, b) => a.seq - b.seq);
  records.sort((a, b) => a.seq - b.seq);
  return {
    entries,
    answers,
    drafts,
    draftsTaken,
    records,
    recordAccounts,
    head,
    markets,
    overwritten,
  };
}

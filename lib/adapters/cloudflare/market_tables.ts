import type { MarketEntry, Newest } from "../../domain/entry.ts";
import { type Parcel, parcelOf } from "./parcel.ts";
import type { SqlRow, SqlStorage, SqlValue } from "./platform.ts";

const SCHEMA = [
  `create table if not exists entry (
    market_id text, seq integer, json text not null, request_id text,
    primary key (market_id, seq)
  ) without rowid`,
  `create unique index if not exists entry_by_request on entry (market_id, request_id)
    where request_id is not null`,
  `create table if not exists undelivered (market_id text primary key) without rowid`,
];

/** The chains of an object's markets. Entries are written once and never changed. */
export class MarketTables {
  readonly #newest = new Map<string, Newest<MarketEntry>>();

  constructor(readonly sql: SqlStorage) {
    for (const statement of SCHEMA) sql.exec(statement);
  }

  /** The newest number and state; null when there is no such market here. */
  newest(marketId: string): Newest<MarketEntry> {
    const known = this.#newest.get(marketId);
    if (known) return known;
    const [entry] = this.history(marketId, { before: null, limit: 1 });
    if (!entry) return null;
    const newest = { seq: entry.seq, state: entry.state };
    this.#newest.set(marketId, newest);
    return newest;
  }

  marketIds(): readonly string[] {
    return this.#rows<{ market_id: string }>("select market_id from entry where seq = 1")
      .map(({ market_id }) => market_id);
  }

  entry(marketId: string, seq: number): MarketEntry | null {
    return this.#one("select json from entry where market_id = ? and seq = ?", marketId, seq);
  }

  answer(marketId: string, requestId: string): MarketEntry | null {
    const where = "market_id = ? and request_id = ?";
    return this.#one(`select json from entry where ${where}`, marketId, requestId);
  }

  /** A market's entries numbered below `before` (all, when null), newest first, at most `limit`. */
  history(
    marketId: string,
    page: { readonly before: number | null; readonly limit: number },
  ): MarketEntry[] {
    return this.#rows<{ json: string }>(
      "select json from entry where market_id = ? and seq < ? order by seq desc limit ?",
      marketId,
      page.before ?? Number.MAX_SAFE_INTEGER,
      page.limit,
    ).map(({ json }) => JSON.parse(json));
  }

  /** Appends an entry that follows its market's newest one; answers its parcel. */
  append(entry: MarketEntry): Parcel {
    const { marketId, seq, state, answers } = entry;
    const json = JSON.stringify(entry);
    this.sql.exec(
      "insert into entry (market_id, seq, json, request_id) values (?, ?, ?, ?)",
      marketId,
      seq,
      json,
      answers?.requestId ?? null,
    );
    this.sql.exec("insert or ignore into undelivered (market_id) values (?)", marketId);
    this.#newest.set(marketId, { seq, state });
    return parcelOf(json, null);
  }

  /** What was appended may not have been stored after all: it is read again. */
  forget(): void {
    this.#newest.clear();
  }

  /** The markets of which the log is not known to have every entry. */
  undelivered(): readonly string[] {
    return this.#rows<{ market_id: string }>("select market_id from undelivered")
      .map(({ market_id }) => market_id);
  }

  /** Notes that the log has a market's entries up to a number. */
  markDelivered(marketId: string, seq: number): void {
    if (seq < (this.newest(marketId)?.seq ?? 0)) return;
    this.sql.exec("delete from undelivered where market_id = ?", marketId);
  }

  /** Parcels of a market's entries numbered above `after`, in order, at most `limit`. */
  parcels(marketId: string, after: number, limit: number): readonly Parcel[] {
    return this.#rows<{ json: string }>(
      "select json from entry where market_id = ? and seq > ? order by seq limit ?",
      marketId,
      after,
      limit,
    ).map(({ json }) => parcelOf(json, null));
  }

  #one(statement: string, ...values: SqlValue[]): MarketEntry | null {
    const [row] = this.#rows<{ json: string }>(statement, ...values);
    return row ? JSON.parse(row.json) : null;
  }

  #rows<Row extends SqlRow>(statement: string, ...values: SqlValue[]): Row[] {
    return this.sql.exec<Row>(statement, ...values).toArray();
  }
}

import type { AccountEntry, Newest } from "../../domain/entry.ts";
import { type HoldFate, holdFateAfter, type HoldStatus } from "../../domain/hold.ts";
import type { ReservationRef } from "./market_calls.ts";
import { type Parcel, parcelOf } from "./parcel.ts";
import type { SqlRow, SqlStorage, SqlValue } from "./platform.ts";

const SCHEMA = [
  `create table if not exists entry (
    seq integer primary key, json text not null, request_id text, attempt text
  )`,
  `create unique index if not exists entry_by_request on entry (request_id)
    where request_id is not null`,
  `create table if not exists hold (
    id text primary key, seq integer not null, status text not null,
    expires_at_ms integer not null, attempt text
  ) without rowid`,
  `create table if not exists owed_release (hold_id text primary key) without rowid`,
];

/** A hold whose liability its markets have yet to take away. */
export interface OwedRelease {
  readonly reservation: ReservationRef;
  readonly marketIds: readonly string[];
}

/**
 * One account's rows in its own object. Entries are written once and never changed; those that the log
 * lacks are the outbox.
 */
export class AccountTables {
  #newest: Newest | undefined;

  constructor(readonly sql: SqlStorage) {
    for (const statement of SCHEMA) sql.exec(statement);
  }

  /** The newest number and state; null before the account is opened. */
  newest(): Newest {
    return this.#newest ??= this.#readNewest();
  }

  entry(seq: number): AccountEntry | null {
    return this.#one("select json from entry where seq = ?", seq);
  }

  /** The attempt that reserved for an entry's bet or hold; null for none, or where there is no entry. */
  attempt(seq: number): string | null {
    const [row] = this.#rows<{ attempt: string | null }>(
      "select attempt from entry where seq = ?",
      seq,
    );
    return row?.attempt ?? null;
  }

  answer(requestId: string): AccountEntry | null {
    return this.#one("select json from entry where request_id = ?", requestId);
  }

  /** Entries numbered below `before` (all, when null), newest first, at most `limit`. */
  history(
    page: { readonly before: number | null; readonly limit: number },
  ): AccountEntry[] {
    const before = page.before ?? Number.MAX_SAFE_INTEGER;
    return this.#rows<{ json: string }>(
      "select json from entry where seq < ? order by seq desc limit ?",
      before,
      page.limit,
    ).map(({ json }) => JSON.parse(json));
  }

  hold(holdId: string): HoldFate | null {
    const [row] = this.#rows<{ seq: number; status: HoldStatus }>(
      "select seq, status from hold where id = ?",
      holdId,
    );
    const event = row && this.entry(row.seq)?.event;
    return row && event?.type === "hold.authorised"
      ? { hold: event.hold, status: row.status }
      : null;
  }

  /** Pending holds by the time at which they are dead, at most `limit`. */
  pendingHolds(
    limit: number,
  ): readonly { readonly id: string; readonly expiresAtMs: number }[] {
    return this.#rows<{ id: string; expires_at_ms: number }>(
      "select id, expires_at_ms from hold where status = 'pending' order by expires_at_ms limit ?",
      limit,
    ).map(({ id, expires_at_ms }) => ({ id, expiresAtMs: expires_at_ms }));
  }

  /** Appends entries that follow the newest; `attempt` reserved what they add. Answers their parcels. */
  append(
    entries: readonly AccountEntry[],
    attempt: string | null,
  ): readonly Parcel[] {
    return entries.map((entry) => {
      const json = JSON.stringify(entry);
      const reserved = this.#follow(entry, attempt);
      this.sql.exec(
        "insert into entry (seq, json, request_id, attempt) values (?, ?, ?, ?)",
        entry.seq,
        json,
        entry.answers?.requestId ?? null,
        reserved,
      );
      this.#newest = { seq: entry.seq, state: entry.state };
      return parcelOf(json, reserved);
    });
  }

  /** What was appended may not have been stored after all: it is read again. */
  forget(): void {
    this.#newest = undefined;
  }

  /** The parcels of entries numbered above `after`, in order, at most `limit`. */
  parcels(after: number, limit: number): readonly Parcel[] {
    return this.#rows<{ json: string; attempt: string | null }>(
      "select json, attempt from entry where seq > ? order by seq limit ?",
      after,
      limit,
    ).map(({ json, attempt }) => parcelOf(json, attempt));
  }

  owedReleases(): readonly OwedRelease[] {
    const rows = this.#rows<{ id: string; attempt: string | null }>(
      "select id, attempt from owed_release join hold on id = hold_id",
    );
    return rows.map(({ id, attempt }) => ({
      reservation: { backingId: id, attempt: attempt ?? "" },
      marketIds: this.hold(id)?.hold.legs.map((leg) => leg.marketId) ?? [],
    }));
  }

  paidRelease(holdId: string): void {
    this.sql.exec("delete from owed_release where hold_id = ?", holdId);
  }

  /** Keeps a hold's row in step; answers the attempt that reserved for the entry's bet or hold. */
  #follow(entry: AccountEntry, attempt: string | null): string | null {
    const fate = holdFateAfter(entry.event);
    if (!fate) return entry.event.type === "bet.placed" ? attempt : null;
    const { id, expiresAtMs } = fate.hold;
    if (fate.status === "pending") {
      this.sql.exec(
        "insert into hold (id, seq, status, expires_at_ms, attempt) values (?, ?, 'pending', ?, ?)",
        id,
        entry.seq,
        expiresAtMs,
        attempt,
      );
      return attempt;
    }
    this.sql.exec("update hold set status = ? where id = ?", fate.status, id);
    if (fate.status !== "posted") {
      this.sql.exec("insert into owed_release values (?)", id);
    }
    const [row] = this.#rows<{ attempt: string | null }>(
      "select attempt from hold where id = ?",
      id,
    );
    return fate.status === "posted" ? row?.attempt ?? null : null;
  }

  #readNewest(): Newest {
    const [newest] = this.history({ before: null, limit: 1 });
    return newest ? { seq: newest.seq, state: newest.state } : null;
  }

  #one(statement: string, ...values: SqlValue[]): AccountEntry | null {
    const [row] = this.#rows<{ json: string }>(statement, ...values);
    return row ? JSON.parse(row.json) : null;
  }

  #rows<Row extends SqlRow>(statement: string, ...values: SqlValue[]): Row[] {
    return this.sql.exec<Row>(statement, ...values).toArray();
  }
}

import type { Liability, ReservationRef } from "./market_calls.ts";
import type { SqlStorage, SqlValue } from "./platform.ts";

const SCHEMA = [
  `create table if not exists liability (
    market_id text, selection_id text, minor integer not null,
    primary key (market_id, selection_id)
  ) without rowid`,
  `create table if not exists reservation (
    backing_id text, attempt text, market_id text, selection_id text,
    account_id text not null, minor integer not null, made_at_ms integer not null,
    primary key (backing_id, attempt, market_id, selection_id)
  ) without rowid`,
];

/** Liability that is reserved on one selection until the bet stands or it is given back. */
export interface Reservation extends ReservationRef, Liability {
  readonly accountId: string;
  readonly madeAtMs: number;
}

/** What is at stake on the selections of an object's markets, and what of it is not settled yet. */
export class LiabilityTables {
  /** By market, then by selection. */
  readonly #known = new Map<string, Map<string, number>>();

  constructor(readonly sql: SqlStorage) {
    for (const statement of SCHEMA) sql.exec(statement);
  }

  /** Minor units by selection; what is not there has none. */
  ofMarket(marketId: string): ReadonlyMap<string, number> {
    return this.#ofMarket(marketId);
  }

  /** Minor units; 0 where nothing is at stake, whether or not there is such a selection. */
  on(marketId: string, selectionId: string): number {
    return this.#ofMarket(marketId).get(selectionId) ?? 0;
  }

  /** Adds a reservation; answers what is at stake on its selection then. */
  reserve(reservation: Reservation): Liability {
    const { backingId, attempt, accountId, marketId, selectionId, minor, madeAtMs } = reservation;
    this.sql.exec(
      `insert into reservation
        (backing_id, attempt, market_id, selection_id, account_id, minor, made_at_ms)
        values (?, ?, ?, ?, ?, ?, ?)`,
      backingId,
      attempt,
      marketId,
      selectionId,
      accountId,
      minor,
      madeAtMs,
    );
    return this.#add({ marketId, selectionId, minor });
  }

  /** What is reserved for a bet or hold, under whatever attempt. */
  reservedFor(backingId: string): readonly Reservation[] {
    return this.#reservations("where backing_id = ?", backingId);
  }

  /** Reservations made before a time, the oldest first, at most `limit`. */
  madeBefore(atMs: number, limit: number): readonly Reservation[] {
    return this.#reservations("where made_at_ms < ? order by made_at_ms limit ?", atMs, limit);
  }

  /** When the oldest reservation was made; null when there is none. */
  oldestMs(): number | null {
    const [row] = this.sql.exec<{ oldest: number | null }>(
      "select min(made_at_ms) as oldest from reservation",
    );
    return row?.oldest ?? null;
  }

  /** Forgets reservations; what they added stays. */
  stand(reservations: readonly ReservationRef[]): void {
    this.sql.exec(
      `delete from reservation where (backing_id, attempt) in
        (select value ->> 'backingId', value ->> 'attempt' from json_each(?))`,
      JSON.stringify(reservations),
    );
  }

  /**
   * Forgets a reservation and takes away what it added; nothing happens when it is gone already.
   * Answers what is at stake then where something was taken away.
   */
  giveBack(reservation: ReservationRef): readonly Liability[] {
    const { backingId, attempt } = reservation;
    const gone = this.#reservations("where backing_id = ? and attempt = ?", backingId, attempt);
    if (gone.length > 0) this.stand([reservation]);
    return gone.map(({ marketId, selectionId, minor }) =>
      this.#add({ marketId, selectionId, minor: -minor })
    );
  }

  /** What was written may not have been stored after all: it is read again. */
  forget(): void {
    this.#known.clear();
  }

  #add({ marketId, selectionId, minor: byMinor }: Liability): Liability {
    const minor = this.on(marketId, selectionId) + byMinor;
    // A sum beyond it would no longer be the one that SQLite keeps.
    if (!Number.isSafeInteger(minor) || minor < 0) {
      throw new RangeError(`the liability on ${selectionId} of ${marketId} cannot be ${minor}`);
    }
    this.sql.exec(
      "insert or replace into liability (market_id, selection_id, minor) values (?, ?, ?)",
      marketId,
      selectionId,
      minor,
    );
    this.#ofMarket(marketId).set(selectionId, minor);
    return { marketId, selectionId, minor };
  }

  #ofMarket(marketId: string): Map<string, number> {
    const known = this.#known.get(marketId);
    if (known) return known;
    const rows = this.sql.exec<{ selection_id: string; minor: number }>(
      "select selection_id, minor from liability where market_id = ?",
      marketId,
    );
    const read = new Map([...rows].map(({ selection_id, minor }) => [selection_id, minor]));
    this.#known.set(marketId, read);
    return read;
  }

  #reservations(where: string, ...values: SqlValue[]): readonly Reservation[] {
    return this.sql.exec<{
      backing_id: string;
      attempt: string;
      account_id: string;
      market_id: string;
      selection_id: string;
      minor: number;
      made_at_ms: number;
    }>(`select * from reservation ${where}`, ...values).toArray().map((row) => ({
      backingId: row.backing_id,
      attempt: row.attempt,
      accountId: row.account_id,
      marketId: row.market_id,
      selectionId: row.selection_id,
      minor: row.minor,
      madeAtMs: row.made_at_ms,
    }));
  }
}

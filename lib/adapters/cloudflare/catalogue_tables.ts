import type { SportingEvent } from "../../domain/market.ts";
import type { SqlStorage } from "./platform.ts";

const SCHEMA = [
  `create table if not exists event (
    id text primary key, starts_at_ms integer not null, json text not null
  ) without rowid`,
  `create table if not exists chain (name text primary key) without rowid`,
];

/** The rows of the catalogue: events on offer, and the names of all chains. */
export class CatalogueTables {
  constructor(readonly sql: SqlStorage) {
    for (const statement of SCHEMA) sql.exec(statement);
  }

  register(chains: readonly string[]): void {
    for (const chain of chains) {
      this.sql.exec("insert or ignore into chain values (?)", chain);
    }
  }

  /** Names behind `after` in their own order, at most `limit`. */
  chains(
    page: { readonly after: string; readonly limit: number },
  ): readonly string[] {
    return this.sql.exec<{ name: string }>(
      "select name from chain where name > ? order by name limit ?",
      page.after,
      page.limit,
    ).toArray().map(({ name }) => name);
  }

  offer(event: SportingEvent): void {
    this.sql.exec(
      "insert or replace into event (id, starts_at_ms, json) values (?, ?, ?)",
      event.id,
      event.startsAtMs,
      JSON.stringify(event),
    );
  }

  /** Earliest start first; of two that start together the lesser id. */
  events(): readonly SportingEvent[] {
    return this.sql.exec<{ json: string }>(
      "select json from event order by starts_at_ms, id",
    )
      .toArray().map(({ json }) => JSON.parse(json));
  }

  event(eventId: string): SportingEvent | null {
    const [row] = this.sql.exec<{ json: string }>(
      "select json from event where id = ?",
      eventId,
    )
      .toArray();
    return row ? JSON.parse(row.json) : null;
  }
}

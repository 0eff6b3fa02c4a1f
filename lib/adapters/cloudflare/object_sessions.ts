import type { Session, SessionStore } from "../../ports/session_store.ts";
import { sessionObjectOf } from "./placement.ts";
import type { ObjectNamespace, SqlStorage } from "./platform.ts";

/** What is asked of an object that keeps sessions. */
export type SessionCalls = SessionStore;

/** Sessions spread over objects: a session that was started is there at once, wherever it is asked for. */
export class ObjectSessions implements SessionStore {
  constructor(readonly objects: ObjectNamespace<SessionCalls>) {}

  put(tokenDigest: string, session: Session): Promise<void> {
    return this.#object(tokenDigest).put(tokenDigest, session);
  }

  get(tokenDigest: string): Promise<Session | null> {
    return this.#object(tokenDigest).get(tokenDigest);
  }

  remove(tokenDigest: string): Promise<void> {
    return this.#object(tokenDigest).remove(tokenDigest);
  }

  #object(tokenDigest: string): SessionCalls {
    return this.objects.getByName(sessionObjectOf(tokenDigest));
  }
}

/** The sessions of one object, in its rows. */
export class SessionTable {
  constructor(readonly sql: SqlStorage) {
    sql.exec(`create table if not exists session (
      digest text primary key, json text not null, expires_at_ms integer not null
    ) without rowid`);
  }

  put(tokenDigest: string, session: Session): void {
    this.sql.exec(
      "insert or replace into session (digest, json, expires_at_ms) values (?, ?, ?)",
      tokenDigest,
      JSON.stringify(session),
      session.expiresAtMs,
    );
  }

  get(tokenDigest: string): Session | null {
    const [row] = this.sql.exec<{ json: string }>(
      "select json from session where digest = ?",
      tokenDigest,
    ).toArray();
    return row ? JSON.parse(row.json) : null;
  }

  remove(tokenDigest: string): void {
    this.sql.exec("delete from session where digest = ?", tokenDigest);
  }

  /** Forgets sessions that are over; answers whether any is left. */
  removeExpired(nowMs: number): boolean {
    this.sql.exec("delete from session where expires_at_ms <= ?", nowMs);
    return this.sql.exec("select 1 from session limit 1").toArray().length > 0;
  }
}

import type { Session, SessionStore } from "../../ports/session_store.ts";
import type { MemoryDatabase } from "./memory_database.ts";

/** Sessions in memory. */
export class MemorySessions implements SessionStore {
  constructor(readonly database: MemoryDatabase) {}

  put(tokenDigest: string, session: Session): Promise<void> {
    this.database.sessions.set(tokenDigest, session);
    return Promise.resolve();
  }

  get(tokenDigest: string): Promise<Session | null> {
    return Promise.resolve(this.database.sessions.get(tokenDigest) ?? null);
  }

  remove(tokenDigest: string): Promise<void> {
    this.database.sessions.delete(tokenDigest);
    return Promise.resolve();
  }
}

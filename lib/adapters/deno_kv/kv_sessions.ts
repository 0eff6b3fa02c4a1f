import type { Session, SessionStore } from "../../ports/session_store.ts";
import type { Clock } from "../../ports/surroundings.ts";
import { keys } from "./keys.ts";

/** Sessions in Deno KV; the store removes them some time after they are over. */
export class KvSessions implements SessionStore {
  constructor(readonly kv: Deno.Kv, readonly clock: Clock) {}

  async put(tokenDigest: string, session: Session): Promise<void> {
    const expireIn = Math.max(1, session.expiresAtMs - this.clock.nowMs());
    await this.kv.set(keys.session(tokenDigest), session, { expireIn });
  }

  async get(tokenDigest: string): Promise<Session | null> {
    return (await this.kv.get<Session>(keys.session(tokenDigest))).value;
  }

  async remove(tokenDigest: string): Promise<void> {
    await this.kv.delete(keys.session(tokenDigest));
  }
}

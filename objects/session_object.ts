import { DurableObject } from "cloudflare:workers";
import { type SessionCalls, SessionTable } from "../lib/adapters/cloudflare/object_sessions.ts";
import type { ObjectState } from "../lib/adapters/cloudflare/platform.ts";
import type { Session } from "../lib/ports/session_store.ts";
import type { LedgerBindings } from "./bindings.ts";
import { SURROUNDINGS } from "./surroundings.ts";

/** How often sessions that are over are removed. */
const SWEEP_MS = 60 * 60 * 1_000;

/** Some of the sessions. */
export class SessionObject extends DurableObject<LedgerBindings> implements SessionCalls {
  readonly #table: SessionTable;

  constructor(ctx: ObjectState, env: LedgerBindings) {
    super(ctx, env);
    this.#table = new SessionTable(ctx.storage.sql);
  }

  async put(tokenDigest: string, session: Session): Promise<void> {
    this.#table.put(tokenDigest, session);
    const { storage } = this.ctx;
    if (await storage.getAlarm() === null) {
      await storage.setAlarm(nextSweepMs());
    }
  }

  get(tokenDigest: string): Promise<Session | null> {
    return Promise.resolve(this.#table.get(tokenDigest));
  }

  remove(tokenDigest: string): Promise<void> {
    return Promise.resolve(this.#table.remove(tokenDigest));
  }

  /** Removes sessions that are over; they have counted for nothing since their time. */
  async alarm(): Promise<void> {
    const { storage } = this.ctx;
    await storage.setAlarm(nextSweepMs());
    try {
      if (!this.#table.removeExpired(SURROUNDINGS.clock.nowMs())) {
        await storage.deleteAlarm();
      }
    } catch (error) {
      console.error("Sessions that are over could not be removed.", error);
    }
  }
}

function nextSweepMs(): number {
  return SURROUNDINGS.clock.nowMs() + SWEEP_MS;
}

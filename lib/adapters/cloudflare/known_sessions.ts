import { LRUCache } from "lru-cache";
import type { Session, SessionStore } from "../../ports/session_store.ts";

/** How long a session is known without asking: so long can its end elsewhere go unheard. */
const KNOWN_FOR_MS = 5_000;

/** About as many callers as ask within that time. */
const KNOWN_AT_MOST = 20_000;

/**
 * A store of sessions that is asked once in a while. Only values are kept, never a question under way:
 * in a worker a request must not wait for another request's question, which may be cut off with it.
 */
export class KnownSessions implements SessionStore {
  readonly #known = new LRUCache<string, Session>({
    max: KNOWN_AT_MOST,
    ttl: KNOWN_FOR_MS,
    ttlResolution: 0,
  });
  /** Goes up with every change, so that what was read before one is not remembered after it. */
  #changes = 0;

  constructor(readonly store: SessionStore) {}

  async put(tokenDigest: string, session: Session): Promise<void> {
    await this.#changing(tokenDigest, this.store.put(tokenDigest, session));
  }

  async get(tokenDigest: string): Promise<Session | null> {
    const known = this.#known.get(tokenDigest);
    if (known) return known;
    const changes = this.#changes;
    const found = await this.store.get(tokenDigest);
    if (found && changes === this.#changes) this.#known.set(tokenDigest, found);
    return found;
  }

  async remove(tokenDigest: string): Promise<void> {
    await this.#changing(tokenDigest, this.store.remove(tokenDigest));
  }

  async #changing(tokenDigest: string, change: Promise<void>): Promise<void> {
    this.#changes++;
    try {
      await change;
    } finally {
      this.#changes++;
      this.#known.delete(tokenDigest);
    }
  }
}

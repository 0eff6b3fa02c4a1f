import { LRUCache } from "lru-cache";
import type { Session, SessionStore } from "../../ports/session_store.ts";

/**
 * How long a session is known without asking: so long can another process's end of it go unheard. One
 * that this process ends is over at once, and an expired one is told by its own time.
 */
const KNOWN_FOR_MS = 5_000;

/** About as many callers as ask within that time. */
const KNOWN_AT_MOST = 20_000;

/**
 * A store of sessions that is asked once in a while, not once a request. Only what is there is kept: a
 * session that another process starts is good at once, and wrong tokens take no room.
 */
export class RememberedSessions implements SessionStore {
  /** Promises, so that many requests at once ask once, and none that is forgotten comes back late. */
  readonly #known: LRUCache<string, Promise<Session | null>>;

  /** `monotonicNowMs` goes on as time does, from any beginning above zero. */
  constructor(
    readonly store: SessionStore,
    monotonicNowMs: () => number = () => performance.now(),
    knownAtMost: number = KNOWN_AT_MOST,
  ) {
    this.#known = new LRUCache({
      max: knownAtMost,
      ttl: KNOWN_FOR_MS,
      ttlResolution: 0,
      perf: { now: monotonicNowMs },
    });
  }

  async put(tokenDigest: string, session: Session): Promise<void> {
    await this.#changing(tokenDigest, this.store.put(tokenDigest, session));
  }

  async get(tokenDigest: string): Promise<Session | null> {
    const known = this.#known.get(tokenDigest);
    if (known) return await known;
    const asked = this.store.get(tokenDigest);
    this.#known.set(tokenDigest, asked);
    let found: Session | null = null;
    try {
      found = await asked;
      return found;
    } finally {
      if (found === null) this.#forget(tokenDigest, asked);
    }
  }

  async remove(tokenDigest: string): Promise<void> {
    await this.#changing(tokenDigest, this.store.remove(tokenDigest));
  }

  /** What was read before a change ended may be old, also when the change may not have happened. */
  async #changing(tokenDigest: string, change: Promise<void>): Promise<void> {
    try {
      await change;
    } finally {
      this.#known.delete(tokenDigest);
    }
  }

  #forget(tokenDigest: string, asked: Promise<Session | null>): void {
    if (this.#known.peek(tokenDigest) === asked) this.#known.delete(tokenDigest);
  }
}

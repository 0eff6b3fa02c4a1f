/** What a Deno KV database can take and do; nothing else in the code knows these numbers. */
export interface KvBackend {
  /** Whether `enqueue` and `listenQueue` work. */
  readonly queues: boolean;
  /** The most checks one atomic write may hold. */
  readonly checksAnAtomic: number;
  /** The most mutations one atomic write may hold. */
  readonly mutationsAnAtomic: number;
  /** The most bytes of keys and values one atomic write may hold. */
  readonly bytesAnAtomic: number;
  /** The most keys one `getMany` may ask for. */
  readonly keysARead: number;
}

/** The database built into Deno: SQLite in a file or in memory. */
export const SQLITE_BACKEND: KvBackend = {
  queues: true,
  checksAnAtomic: 100,
  mutationsAnAtomic: 1_000,
  bytesAnAtomic: 819_200,
  keysARead: 10,
};

/** A database over KV Connect: no queues, and a self-hosted denokv takes ten checks. */
export const REMOTE_BACKEND: KvBackend = { ...SQLITE_BACKEND, queues: false, checksAnAtomic: 10 };

/** What the database at a location can do: a file path or ":memory:", or an http(s) URL. */
export function backendOf(location: string): KvBackend {
  return /^https?:/.test(location) ? REMOTE_BACKEND : SQLITE_BACKEND;
}

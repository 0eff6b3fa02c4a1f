import { FakeQueue, type QueuedMessage } from "./fake_queue.ts";
import { keyText } from "./key_text.ts";
import {
  assertWritable,
  type AtomicWrite,
  type KvLimits,
  type Mutation,
  SQLITE_LIMITS,
} from "./kv_limits.ts";
import { type Row, SortedRows, type Stretch } from "./sorted_rows.ts";
import { isHarmed, readable } from "./stored_value.ts";

/** What one write did to one key. The values are the store's own: not to be changed. */
export interface Change {
  readonly key: Deno.KvKey;
  readonly before: Row | null;
  /** Null when the key was deleted. */
  readonly after: Row | null;
}

/** Hears of every write, in the moment in which it is stored. */
export type WriteObserver = (changes: readonly Change[], versionstamp: string) => void;

/**
 * What all handles on one database share. It is never lost: processes come and go, the database is
 * the disk. Everything here happens at once; when it happens is up to whoever calls.
 */
export class FakeDatabase {
  readonly rows = new SortedRows();
  readonly queue: FakeQueue;
  readonly observers: WriteObserver[] = [];
  /** How many entries its lists have given so far. */
  entriesGiven = 0;
  #writes = 0;

  constructor(
    /** Unix time, for what expires and what is delayed. */
    readonly nowMs: () => number = () => 0,
    readonly limits: KvLimits = SQLITE_LIMITS,
  ) {
    this.queue = new FakeQueue(nowMs, (message) => this.#keep(message));
  }

  /** How many writes were stored so far. */
  get writes(): number {
    return this.#writes;
  }

  /** Reads one key. */
  read(key: Deno.KvKey): Deno.KvEntryMaybe<unknown> {
    const row = this.rows.get(this.readable(keyText(key)));
    return row ? entryOf(row) : { key, value: null, versionstamp: null };
  }

  /** Reads a stretch of keys as they are at this moment. */
  readRange(stretch: Stretch): Deno.KvEntry<unknown>[] {
    return this.rows.range(stretch).map(entryOf);
  }

  /** The text itself, unless it is too long for the key of a read. */
  readable(text: string): string {
    const { keyBytesRead } = this.limits;
    if (text.length < keyBytesRead) return text;
    throw new TypeError(`Key too large for read (max ${keyBytesRead} bytes)`);
  }

  /** Stores all of a write if its checks hold, or none of it; answers the new version, or null. */
  write(write: AtomicWrite): string | null {
    assertWritable(this.limits, write);
    for (const { text, versionstamp } of write.checks) {
      if ((this.rows.get(text)?.versionstamp ?? null) !== versionstamp) return null;
    }
    const versionstamp = `${(++this.#writes).toString(16).padStart(16, "0")}0000`;
    const changes = write.mutations.map((mutation): Change => {
      const before = this.rows.get(mutation.text) ?? null;
      const after = this.#rowOf(mutation, versionstamp);
      if (after) this.rows.put(after);
      else this.rows.remove(mutation.text);
      return { key: mutation.key, before, after };
    });
    for (const message of write.messages) this.queue.put(message);
    for (const observe of this.observers) observe(changes, versionstamp);
    return versionstamp;
  }

  /** Keys of values that a reader has changed in its own hands, which others share, in words. */
  harmed(): readonly string[] {
    return [...this.rows.values()].filter(({ stored }) => isHarmed(stored))
      .map(({ key }) => key.map(String).join("/"));
  }

  /** Removes what has expired. The real database does so some time later, which decides nothing. */
  removeExpired(): void {
    const nowMs = this.nowMs();
    for (const { text, expiresAtMs } of [...this.rows.values()]) {
      if (expiresAtMs !== null && expiresAtMs <= nowMs) this.rows.remove(text);
    }
  }

  /** Stores a message that nobody could handle where its sender wanted it. */
  #keep({ stored, keysIfUndelivered }: QueuedMessage): void {
    const mutations = keysIfUndelivered.map((key) => (
      { text: keyText(key), key, stored, expireInMs: null }
    ));
    if (mutations.length > 0) this.write({ checks: [], mutations, messages: [] });
  }

  #rowOf(mutation: Mutation, versionstamp: string): Row | null {
    const { text, key, stored, expireInMs } = mutation;
    const expiresAtMs = expireInMs === null ? null : this.nowMs() + expireInMs;
    return stored && { text, key, stored, versionstamp, expiresAtMs };
  }
}

function entryOf(row: Row): Deno.KvEntry<unknown> {
  return { key: [...row.key], value: readable(row.stored), versionstamp: row.versionstamp };
}

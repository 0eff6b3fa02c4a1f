import { storedBytes, type StoredValue } from "./stored_value.ts";

/** What a database takes at most. Sizes are bytes, a key's that of its encoding. */
export interface KvLimits {
  readonly queues: boolean;
  readonly checks: number;
  readonly mutations: number;
  readonly bytes: number;
  /** All keys that one atomic sets, together; what it checks or deletes does not count. */
  readonly keyBytes: number;
  readonly keyBytesWritten: number;
  readonly keyBytesRead: number;
  readonly valueBytes: number;
  readonly keysARead: number;
  readonly entriesARead: number;
  readonly defaultEntriesARead: number;
}

/** The database built into Deno 2.9, as measured on it. */
export const SQLITE_LIMITS: KvLimits = {
  queues: true,
  checks: 100,
  mutations: 1_000,
  bytes: 819_200,
  keyBytes: 81_920,
  keyBytesWritten: 2_048,
  keyBytesRead: 2_049,
  valueBytes: 65_536,
  keysARead: 10,
  entriesARead: 1_000,
  defaultEntriesARead: 500,
};

/** A check as it was asked for; the versionstamp null stands for a key that is not there. */
export interface CheckedKey {
  readonly text: string;
  readonly versionstamp: string | null;
}

/** A mutation whose value was copied when it was asked for. */
export interface Mutation {
  readonly text: string;
  readonly key: Deno.KvKey;
  /** Null for a key to be deleted. */
  readonly stored: StoredValue | null;
  readonly expireInMs: number | null;
}

/** A message that an atomic puts in the queue. */
export interface EnqueuedMessage {
  readonly stored: StoredValue;
  readonly delayMs: number;
  readonly backoffMs: readonly number[];
  readonly keysIfUndelivered: readonly Deno.KvKey[];
}

/** Everything one atomic write asks for. */
export interface AtomicWrite {
  readonly checks: readonly CheckedKey[];
  readonly mutations: readonly Mutation[];
  readonly messages: readonly EnqueuedMessage[];
}

const VERSIONSTAMP = /^[0-9a-f]{20}$/i;

/** Throws, as the database does and in its order, when a write is beyond what it takes. */
export function assertWritable(limits: KvLimits, write: AtomicWrite): void {
  const { checks, mutations, messages } = write;
  if (checks.length > limits.checks) throw tooMany("checks", limits.checks);
  if (mutations.length + messages.length > limits.mutations) {
    throw tooMany("mutations", limits.mutations);
  }
  const isVersionstamp = ({ versionstamp }: CheckedKey) =>
    versionstamp === null || VERSIONSTAMP.test(versionstamp);
  if (!checks.every(isVersionstamp)) throw new TypeError("Invalid check");
  if (messages.length > 0 && !limits.queues) throw new TypeError("Queues are not supported");
  for (const { text } of checks) assertKey(limits, text);
  for (const { text } of mutations) assertKey(limits, text);
  assertSizes(limits, write);
}

function assertKey(limits: KvLimits, text: string): void {
  if (text === "") throw new TypeError("key cannot be empty");
  if (text.length > limits.keyBytesWritten) {
    throw new TypeError(`Key too large for write (max ${limits.keyBytesWritten} bytes)`);
  }
}

/** A key that is set counts twice for the whole: by itself and with its value. */
function assertSizes(limits: KvLimits, write: AtomicWrite): void {
  let bytes = 0;
  let keyBytes = 0;
  for (const { text } of write.checks) bytes += text.length;
  for (const { text, stored } of write.mutations) {
    bytes += text.length;
    if (!stored) continue;
    bytes += text.length + valueBytes(stored, limits.valueBytes, "Value");
    keyBytes += text.length;
  }
  for (const { stored } of write.messages) {
    bytes += valueBytes(stored, limits.valueBytes, "enqueue payload");
  }
  if (bytes > limits.bytes && exactBytes(write) > limits.bytes) {
    throw new TypeError(`Total mutation size too large (max ${limits.bytes} bytes)`);
  }
  if (keyBytes > limits.keyBytes) {
    throw new TypeError(`Total key size too large (max ${limits.keyBytes} bytes)`);
  }
}

/** A quick upper bound where that is below the limit, and the exact size where it is not. */
function valueBytes(stored: StoredValue, limit: number, what: string): number {
  if (stored.bytesAtMost <= limit) return stored.bytesAtMost;
  const bytes = storedBytes(stored.value);
  if (bytes > limit) throw new TypeError(`${what} too large (max ${limit} bytes)`);
  return bytes;
}

function exactBytes({ checks, mutations, messages }: AtomicWrite): number {
  let bytes = 0;
  for (const { text } of checks) bytes += text.length;
  for (const { text, stored } of mutations) {
    bytes += text.length + (stored ? text.length + storedBytes(stored.value) : 0);
  }
  for (const { stored } of messages) bytes += storedBytes(stored.value);
  return bytes;
}

function tooMany(what: string, limit: number): TypeError {
  return new TypeError(`Too many ${what} (max ${limit})`);
}

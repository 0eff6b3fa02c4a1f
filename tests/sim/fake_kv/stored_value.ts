import { serialize } from "node:v8";
import { sameBytes } from "../../../lib/audit/hash.ts";

/** A value as the database keeps it: nobody else holds any part of it. */
export interface StoredValue {
  readonly value: unknown;
  /** A bound on its size that {@link storedBytes} never exceeds. */
  readonly bytesAtMost: number;
  /**
   * What readers are given. Of a value that is `frozen` through and through, itself. Of one that is so
   * but for its bytes, which cannot be frozen, a copy that they share and that is `watched` for being
   * changed. Of any other, each a copy of their own.
   */
  readonly giving: "frozen" | "watched" | "copies";
  /** The watched copy, from the first reader on. */
  shared: unknown;
}

/**
 * Stores a copy. Objects and arrays are copied, frozen and weighed here in one pass, ten times faster
 * than by the platform, which copies the rest and rejects what cannot be stored.
 */
export function stored(value: unknown): StoredValue {
  const weight = { bytes: 0, frozen: true };
  const copy = copied(value, weight, 0);
  if (copy === NOT_PLAIN) {
    return { value: platformCopy(value), bytesAtMost: Infinity, giving: "copies", shared: null };
  }
  const giving = weight.frozen ? "frozen" : "watched";
  return { value: copy, bytesAtMost: weight.bytes, giving, shared: null };
}

/** The value for a reader, who can do nothing to the one that is stored. */
export function readable(stored: StoredValue): unknown {
  switch (stored.giving) {
    case "frozen":
      return stored.value;
    case "watched":
      return stored.shared ??= copied(stored.value, { bytes: 0, frozen: true }, 0);
    case "copies":
      return structuredClone(stored.value);
  }
}

/** Whether a reader has changed what all readers share: the real database gives each a copy. */
export function isHarmed({ value, shared }: StoredValue): boolean {
  return shared !== null && !hasSameBytes(value, shared);
}

/** Bytes a value takes in the store, exactly: raw bytes as they are, all else in V8's own format. */
export function storedBytes(value: unknown): number {
  return value instanceof Uint8Array ? value.length : serialize(value).length;
}

interface Weight {
  bytes: number;
  frozen: boolean;
}

interface Members {
  [member: string]: unknown;
}

/** What each value takes beside its own text and members, at most: tags, lengths, a header. */
const OVERHEAD_BYTES = 12;

/** Nothing the project stores is nested deeper; beyond it, and for cycles, the platform copies. */
const PLAIN_DEPTH = 32;

const NOT_PLAIN = Symbol("not plain");

function copied(value: unknown, weight: Weight, depth: number): unknown {
  weight.bytes += OVERHEAD_BYTES;
  switch (typeof value) {
    case "string":
      weight.bytes += 2 * value.length;
      return value;
    case "number":
    case "boolean":
    case "undefined":
      return value;
    case "object":
      return value === null ? null : copiedObject(value, weight, depth);
    default:
      return NOT_PLAIN;
  }
}

function copiedObject(value: object, weight: Weight, depth: number): unknown {
  if (depth > PLAIN_DEPTH) return NOT_PLAIN;
  const prototype = Object.getPrototypeOf(value);
  if (prototype === Object.prototype) return copiedMembers(value as Members, weight, depth);
  if (prototype === Array.prototype) return copiedItems(value as unknown[], weight, depth);
  // Also of Node's Buffer, which the store gives back as plain bytes.
  if (!(value instanceof Uint8Array)) return NOT_PLAIN;
  weight.bytes += value.length;
  weight.frozen = false;
  return new Uint8Array(value);
}

function copiedMembers(value: Members, weight: Weight, depth: number): unknown {
  const copy: Members = {};
  for (const member in value) {
    if (member === "__proto__") return NOT_PLAIN;
    weight.bytes += OVERHEAD_BYTES + 2 * member.length;
    const inner = copied(value[member], weight, depth + 1);
    if (inner === NOT_PLAIN) return NOT_PLAIN;
    copy[member] = inner;
  }
  return Object.freeze(copy);
}

function copiedItems(value: readonly unknown[], weight: Weight, depth: number): unknown {
  const copy: unknown[] = [];
  for (let index = 0; index < value.length; index++) {
    if (!(index in value)) return NOT_PLAIN;
    const inner = copied(value[index], weight, depth + 1);
    if (inner === NOT_PLAIN) return NOT_PLAIN;
    copy.push(inner);
  }
  return Object.freeze(copy);
}

/** Whether two copies of one plain value have the same bytes in them; all else of them is frozen. */
function hasSameBytes(one: unknown, other: unknown): boolean {
  if (typeof one !== "object" || one === null) return true;
  if (one instanceof Uint8Array) return other instanceof Uint8Array && sameBytes(one, other);
  const [members, others] = [one as Members, other as Members];
  for (const member in members) {
    if (!hasSameBytes(members[member], others[member])) return false;
  }
  return true;
}

/** What cannot be cloned is a TypeError in Deno KV, where it is a DataCloneError elsewhere. */
function platformCopy(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch (error) {
    throw new TypeError(error instanceof Error ? error.message : String(error));
  }
}

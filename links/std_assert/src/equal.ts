/**
 * Whether two values have the same content: by kind, members, entries and bytes, circles included.
 * `NaN` equals itself; `0` and `-0` are equal; sets and maps are equal in any order.
 */
export function equal(left: unknown, right: unknown): boolean {
  return same(left, right, new Map());
}

/** Pairs that are being compared further out: within them a circle closes, and they count as equal. */
type Open = Map<object, Set<object>>;

function same(left: unknown, right: unknown, open: Open): boolean {
  if (Object.is(left, right) || left === right) return true;
  if (typeof left !== "object" || typeof right !== "object") return false;
  if (left === null || right === null) return false;
  if (!sameKind(left, right)) return false;
  const partners = open.get(left) ?? new Set();
  if (partners.has(right)) return true;
  open.set(left, partners.add(right));
  const equal = sameContent(left, right, open) &&
    (left instanceof Uint8Array || sameMembers(left, right, open));
  partners.delete(right);
  return equal;
}

function sameKind(left: object, right: object): boolean {
  const [a, b] = [prototypeOf(left), prototypeOf(right)];
  return a === b;
}

// An object made without a prototype holds the same as one made with braces.
function prototypeOf(value: object): unknown {
  return Object.getPrototypeOf(value) ?? Object.prototype;
}

function sameContent(left: object, right: object, open: Open): boolean {
  if (left instanceof Date) return Object.is(left.getTime(), (right as Date).getTime());
  if (left instanceof RegExp || left instanceof URL) return String(left) === String(right);
  if (left instanceof Error) {
    const other = right as Error;
    return left.message === other.message && left.name === other.name &&
      same(left.cause, other.cause, open);
  }
  if (left instanceof WeakMap || left instanceof WeakSet || left instanceof Promise) return false;
  if (left instanceof WeakRef) return same(left.deref(), (right as WeakRef<object>).deref(), open);
  if (left instanceof Uint8Array) return sameItems(left, right as Uint8Array);
  if (left instanceof ArrayBuffer) return sameBytes(left, right as ArrayBuffer);
  if (left instanceof Number || left instanceof String || left instanceof Boolean) {
    return same(left.valueOf(), right.valueOf(), open);
  }
  if (left instanceof Set) return sameUnordered([...left], [...right as Set<unknown>], open);
  if (left instanceof Map) return sameEntries(left, right as typeof left, open);
  if (Array.isArray(left)) return left.length === (right as unknown[]).length;
  return true;
}

function sameBytes(left: ArrayBuffer, right: ArrayBuffer): boolean {
  return sameItems(new Uint8Array(left), new Uint8Array(right));
}

function sameItems(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}

/** Every item on the left has one of its own on the right. */
function sameUnordered(left: unknown[], right: unknown[], open: Open): boolean {
  if (left.length !== right.length) return false;
  // Most items are the very same: that is cheap to see, and keeps large sets from being slow.
  const onRight = new Set(right);
  const onLeft = new Set(left);
  const candidates = right.filter((item) => !onLeft.has(item));
  for (const item of left.filter((each) => !onRight.has(each))) {
    const partner = candidates.findIndex((candidate) => same(item, candidate, open));
    if (partner < 0) return false;
    candidates.splice(partner, 1);
  }
  return candidates.length === 0;
}

function sameEntries(
  left: Map<unknown, unknown>,
  right: Map<unknown, unknown>,
  open: Open,
): boolean {
  for (const [key, value] of left) {
    if (right.has(key) && !same(value, right.get(key), open)) return false;
  }
  return sameUnordered(
    [...left].filter(([key]) => !right.has(key)),
    [...right].filter(([key]) => !left.has(key)),
    open,
  );
}

/** Own enumerable members, symbols included. One that is absent differs from one that is undefined. */
function sameMembers(left: object, right: object, open: Open): boolean {
  const keys = membersOf(left);
  if (keys.length !== membersOf(right).length) return false;
  return keys.every((key) =>
    Object.prototype.propertyIsEnumerable.call(right, key) &&
    same(Reflect.get(left, key), Reflect.get(right, key), open)
  );
}

function membersOf(value: object): PropertyKey[] {
  return Reflect.ownKeys(value).filter((key) =>
    Object.prototype.propertyIsEnumerable.call(value, key)
  );
}

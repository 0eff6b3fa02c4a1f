/** An account with more requests than this is not known any more: each of them is looked up. */
export const MANY_REQUESTS = 2_000_000;

/** So few digests are kept in a list, which takes less room than a table. */
const FEW = 8;

/**
 * Every request that one account has ever answered, small enough to keep for many accounts: a digest of
 * 53 bits each, 16 bytes with the room between them. `has` is never wrong when it says no, and hardly
 * ever when it says yes: whoever gets a yes looks the request up.
 */
export class KnownRequests {
  #few: number[] | null = [];
  #table = NO_TABLE;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(requestId: string): boolean {
    return this.#knows(requestDigest(requestId));
  }

  add(requestId: string): void {
    this.addDigest(requestDigest(requestId));
  }

  /** Adds a request by its `requestDigest`. */
  addDigest(digest: number): void {
    if (this.#knows(digest)) return;
    this.#size++;
    if (this.#few && this.#few.push(digest) <= FEW) return;
    if (this.#few || this.#size * 2 > this.#table.length) this.#grow();
    this.#table[this.#slotOf(digest)] = digest;
  }

  #knows(digest: number): boolean {
    return this.#few ? this.#few.includes(digest) : this.#table[this.#slotOf(digest)] !== 0;
  }

  /** Where the digest stands, or the empty slot where it would; the table is never full. */
  #slotOf(digest: number): number {
    const last = this.#table.length - 1;
    let slot = digest % this.#table.length;
    while (this.#table[slot] !== 0 && this.#table[slot] !== digest) {
      slot = slot === last ? 0 : slot + 1;
    }
    return slot;
  }

  #grow(): void {
    const digests = this.#few ?? this.#table.filter((digest) => digest !== 0);
    this.#few = null;
    this.#table = new Float64Array(Math.max(4 * FEW, this.#table.length * 2));
    for (const digest of digests) this.#table[this.#slotOf(digest)] = digest;
  }
}

const NO_TABLE = new Float64Array(0);

/**
 * A request id as a number from 1 to 2^53 - 1: two mixed 32-bit halves (multiplication by odd
 * constants, as in FNV). It is stored, so it never changes.
 */
export function requestDigest(requestId: string): number {
  let high = 0x811c9dc5;
  let low = 0x9e3779b1;
  for (let index = 0; index < requestId.length; index++) {
    const code = requestId.charCodeAt(index);
    high = Math.imul(high ^ code, 0x01000193);
    low = Math.imul(low ^ code, 0x85ebca77);
    low ^= low >>> 15;
  }
  high = Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x27d4eb2f);
  return (high >>> 11) * 0x1_0000_0000 + (low >>> 0) || 1;
}

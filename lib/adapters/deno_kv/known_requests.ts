/** An account with more requests than this is not known any more: each of them is looked up. */
export const MANY_REQUESTS = 2_000_000;

/**
 * Every request that one account has ever answered, small enough to keep for many accounts: a digest of
 * 53 bits each, 16 bytes with the room between them. `has` is never wrong when it says no, and hardly
 * ever when it says yes: whoever gets a yes looks the request up.
 */
export class KnownRequests {
  #table = new Float64Array(16);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(requestId: string): boolean {
    return this.#table[this.#slotOf(requestDigest(requestId))] !== 0;
  }

  add(requestId: string): void {
    this.addDigest(requestDigest(requestId));
  }

  /** Adds a request by its `requestDigest`. */
  addDigest(digest: number): void {
    if (this.#size * 2 >= this.#table.length) this.#grow();
    this.#put(digest);
  }

  #put(digest: number): void {
    const slot = this.#slotOf(digest);
    if (this.#table[slot] !== 0) return;
    this.#table[slot] = digest;
    this.#size++;
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
    const digests = this.#table.filter((digest) => digest !== 0);
    this.#table = new Float64Array(this.#table.length * 2);
    this.#size = 0;
    for (const digest of digests) this.#put(digest);
  }
}

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

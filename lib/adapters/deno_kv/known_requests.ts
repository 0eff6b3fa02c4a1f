/** Up to this many requests are kept by name; of more, only digests. */
export const FEW_REQUESTS = 16;

/** An account with more requests than this is not known any more: a check a bet is cheaper then. */
export const MANY_REQUESTS = 1_000_000;

/**
 * Every request that one account has ever answered, small enough to keep for many accounts: the first
 * few by name, all by a digest of 53 bits, 16 bytes each. `has` is never wrong when it says no, and
 * hardly ever when it says yes: whoever gets a yes looks the request up.
 */
export class KnownRequests {
  #table = new Float64Array(32);
  #size = 0;
  #few: Map<string, number> | null = new Map();

  constructor(requests: Iterable<readonly [requestId: string, seq: number]> = []) {
    for (const [requestId, seq] of requests) this.add(requestId, seq);
  }

  get size(): number {
    return this.#size;
  }

  /** The requests by name with their entries' numbers; null when they are no longer few. */
  get few(): ReadonlyMap<string, number> | null {
    return this.#few;
  }

  has(requestId: string): boolean {
    return this.#table[this.#slotOf(digestOf(requestId))] !== 0;
  }

  add(requestId: string, seq: number): void {
    this.#few?.set(requestId, seq);
    if (this.#few && this.#few.size > FEW_REQUESTS) this.#few = null;
    if (this.#size * 2 >= this.#table.length) this.#grow();
    this.#put(digestOf(requestId));
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

/** Two mixed 32-bit halves (multiplication by odd constants, as in FNV) as one number from 1 to 2^53 - 1. */
function digestOf(text: string): number {
  let high = 0x811c9dc5;
  let low = 0x9e3779b1;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 0x01000193);
    low = Math.imul(low ^ code, 0x85ebca77);
    low ^= low >>> 15;
  }
  high = Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x27d4eb2f);
  return (high >>> 11) * 0x1_0000_0000 + (low >>> 0) || 1;
}

import { EMPTY_HEAD, type Head, linkHash, type StoredRecord } from "../../../lib/audit/chain.ts";
import { sameBytes, type Sha256 } from "../../../lib/audit/hash.ts";
import { draftOf, encodeRecord } from "../../../lib/audit/record.ts";
import type { Breaches } from "./breaches.ts";
import type { ChainWatch } from "./chain_watch.ts";
import type { StoredFacts } from "./stored_facts.ts";

/**
 * Follows the log as it is stored: numbers without gaps, the chain of hashes, and one record an
 * entry, in each account's own order, that leaves the outbox in the write that appends it.
 */
export class LogWatch {
  head: Head = EMPTY_HEAD;
  /** The newest entry of each account that the log has. */
  readonly #accountSeqs = new Map<string, number>();
  /** How many drafts wait. */
  waiting = 0;

  constructor(
    readonly breaches: Breaches,
    readonly chains: ChainWatch,
    readonly sha256: Sha256,
  ) {}

  /** Takes what a write stored. */
  take(facts: StoredFacts): void {
    this.waiting += facts.drafts.size - facts.draftsTaken.size;
    const taken = new Set(facts.draftsTaken);
    for (const stored of facts.records) {
      const place = this.#append(stored, facts);
      this.breaches.unless(
        place === null || taken.delete(place),
        () => `the record of entry ${place} was appended, and no row of it left the outbox`,
      );
    }
    for (const place of taken) {
      this.breaches.add(`entry ${place} left the outbox and did not come into the log`);
    }
    if (!facts.head && facts.records.length === 0) return;
    const right = facts.head?.size === this.head.size &&
      sameBytes(facts.head.hash, this.head.hash);
    this.breaches.unless(right, () => `the log's head is not its last record, ${this.head.size}`);
  }

  /** Answers the place of the entry that the record is of; null when it is none that can be. */
  #append(stored: StoredRecord, facts: StoredFacts): string | null {
    const { seq, hashBefore, bytes, hash } = stored;
    const right = seq === this.head.size + 1 && sameBytes(hashBefore, this.head.hash) &&
      sameBytes(linkHash(this.sha256, this.head.hash, bytes), hash);
    if (!this.breaches.unless(right, () => `record ${seq} does not follow ${this.head.size}`)) {
      return null;
    }
    this.head = { size: seq, hash };
    const accountId = facts.recordAccounts.get(seq);
    if (accountId === undefined) {
      this.breaches.add(`record ${seq} is not found by its account`);
      return null;
    }
    const accountSeq = (this.#accountSeqs.get(accountId) ?? 0) + 1;
    this.#accountSeqs.set(accountId, accountSeq);
    const place = `${accountId} ${accountSeq}`;
    const entry = this.chains.entries.get(place);
    const says = entry !== undefined && sameBytes(bytes, encodeRecord(seq, draftOf(entry)));
    this.breaches.unless(
      says,
      () => `record ${seq} is not that of entry ${place}: ${new TextDecoder().decode(bytes)}`,
    );
    return place;
  }
}

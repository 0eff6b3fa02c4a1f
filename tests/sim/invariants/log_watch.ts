import { EMPTY_HEAD, type Head, linkHash, type StoredRecord } from "../../../lib/audit/chain.ts";
import { sameBytes, type Sha256 } from "../../../lib/audit/hash.ts";
import { type AuditRecord, decodeRecord, draftOf, sameDraft } from "../../../lib/audit/record.ts";
import type { Breaches } from "./breaches.ts";
import type { ChainWatch } from "./chain_watch.ts";
import { same } from "./same.ts";
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
      const record = this.#append(stored, facts);
      if (!record) continue;
      const place = `${record.accountId} ${record.accountSeq}`;
      this.breaches.unless(
        taken.delete(place),
        () => `the record of entry ${place} was appended and its row left in the outbox`,
      );
    }
    for (const place of taken) {
      this.breaches.add(`entry ${place} left the outbox and did not come into the log`);
    }
    if (facts.head || facts.records.length > 0) {
      this.breaches.unless(
        same(facts.head, this.head),
        () => `the head of the log is not its last record, ${this.head.size}`,
      );
    }
  }

  #append(stored: StoredRecord, facts: StoredFacts): AuditRecord | null {
    const { seq, hash } = stored;
    const right = seq === this.head.size + 1 &&
      sameBytes(stored.hashBefore, this.head.hash) &&
      sameBytes(linkHash(this.sha256, this.head.hash, stored.bytes), hash);
    if (!this.breaches.unless(right, () => `record ${seq} does not follow ${this.head.size}`)) {
      return null;
    }
    this.head = { size: seq, hash };
    const record = decodeRecord(stored.bytes);
    this.#checkRecord(record);
    this.breaches.unless(
      record.seq === seq && facts.accountRecords.has(`${record.accountId} ${seq}`),
      () => `record ${seq} is not found by its account`,
    );
    return record;
  }

  #checkRecord(record: AuditRecord): void {
    const { seq, accountId, accountSeq } = record;
    const before = this.#accountSeqs.get(accountId) ?? 0;
    this.breaches.unless(
      accountSeq === before + 1,
      () => `record ${seq} is of entry ${accountSeq} of ${accountId}; ${before} came before it`,
    );
    this.#accountSeqs.set(accountId, accountSeq);
    const entry = this.chains.entries.get(`${accountId} ${accountSeq}`);
    this.breaches.unless(
      entry !== undefined && sameDraft(draftOf(entry), record),
      () => `record ${seq} does not say what entry ${accountSeq} of ${accountId} says`,
    );
  }
}

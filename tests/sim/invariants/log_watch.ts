import { EMPTY_HEAD, type Head, linkHash, type StoredRecord } from "../../../lib/audit/chain.ts";
import { sameBytes, type Sha256 } from "../../../lib/audit/hash.ts";
import { draftOf, encodeRecord } from "../../../lib/audit/record.ts";
import type { Breaches } from "./breaches.ts";
import type { JournalWatch } from "./journal_watch.ts";
import type { StoredFacts } from "./stored_facts.ts";

/**
 * Follows the log as it is stored: numbers without gaps, the chain of hashes, and record after record
 * the entries of the journal in their order; and a head that says where both of them are.
 */
export class LogWatch {
  head: Head = EMPTY_HEAD;

  constructor(
    readonly breaches: Breaches,
    readonly journal: JournalWatch,
    readonly sha256: Sha256,
  ) {}

  /** How many entries wait for their records. */
  get waiting(): number {
    return this.journal.all.length - this.head.size;
  }

  /** Takes what a write stored. */
  take({ records, head }: StoredFacts): void {
    for (const record of records) this.#append(record);
    if (!head && records.length === 0) return;
    const right = head?.size === this.head.size && sameBytes(head.hash, this.head.hash) &&
      this.journal.sizeAt(head.page) === head.size;
    this.breaches.unless(right, () => `the log's head is not its last record, ${this.head.size}`);
  }

  #append({ seq, hashBefore, bytes, hash }: StoredRecord): void {
    const right = seq === this.head.size + 1 && sameBytes(hashBefore, this.head.hash) &&
      sameBytes(linkHash(this.sha256, this.head.hash, bytes), hash);
    if (!right) return this.breaches.add(`record ${seq} does not follow ${this.head.size}`);
    this.head = { size: seq, hash };
    const placed = this.journal.all[seq - 1];
    this.breaches.unless(
      placed !== undefined && sameBytes(bytes, encodeRecord(seq, draftOf(placed.entry))),
      () => `record ${seq} is not that of its entry: ${new TextDecoder().decode(bytes)}`,
    );
  }
}

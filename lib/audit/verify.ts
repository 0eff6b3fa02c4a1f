import { ownerWords } from "../domain/chain.ts";
import { type Head, linkHash, type StoredRecord } from "./chain.ts";
import { sameBytes, type Sha256 } from "./hash.ts";
import { type AuditRecord, decodeRecord, entryOf } from "./record.ts";

/** The first thing found wrong in a log, named by the record it was found at. */
export interface Flaw {
  readonly seq: number;
  readonly reason: string;
}

/**
 * Reads a log from a known head onwards and checks it as it goes: the numbers without gaps, the
 * chain of hashes over the stored bytes, and the own numbers of each account and each market without
 * gaps. It keeps one number for each of them and nothing else, so a log of any length can pass through.
 */
export class LogVerifier {
  /** The newest own number seen of each account and market, by `chainOf`. */
  readonly chainSeqs = new Map<string, number>();

  constructor(readonly sha256: Sha256, public head: Head) {}

  /**
   * Takes the next record in order; answers the record, or the flaw. After a flaw the verifier is
   * not to be used again: everything behind it is in doubt.
   */
  next(stored: StoredRecord): { readonly record: AuditRecord } | { readonly flaw: Flaw } {
    const expected = this.head.size + 1;
    const flaw = (reason: string) => ({ flaw: { seq: expected, reason } });
    if (stored.seq !== expected) {
      return flaw(`record ${expected} is missing; ${stored.seq} follows`);
    }

    if (!sameBytes(stored.hashBefore, this.head.hash)) {
      return flaw("it does not follow the record before it");
    }
    const hash = linkHash(this.sha256, this.head.hash, stored.bytes);
    if (!sameBytes(hash, stored.hash)) {
      return flaw("its hash is not that of its bytes and the record before it");
    }
    const record = readable(stored.bytes);
    if (!record) return flaw("its bytes are not an audit record");
    if (record.seq !== expected) return flaw(`its bytes say that it is record ${record.seq}`);

    const { owner, chain, seq } = entryOf(record);
    const before = this.chainSeqs.get(chain) ?? 0;
    if (seq !== before + 1) return flaw(`${ownerWords(owner)} goes from ${before} to ${seq}`);
    this.chainSeqs.set(chain, seq);
    this.head = { size: expected, hash };
    return { record };
  }

  /** Whether the log ended where its head says; call it after the last record. */
  end(head: Head): Flaw | null {
    if (head.size !== this.head.size) {
      return {
        seq: Math.min(head.size, this.head.size) + 1,
        reason: `the head counts ${head.size} records, the log has ${this.head.size}`,
      };
    }
    if (!sameBytes(head.hash, this.head.hash)) {
      return { seq: head.size, reason: "the head's hash is not the last record's" };
    }
    return null;
  }
}

function readable(bytes: Uint8Array): AuditRecord | null {
  try {
    return decodeRecord(bytes);
  } catch {
    return null;
  }
}

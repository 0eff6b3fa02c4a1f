import { HASH_BYTES, type Sha256 } from "./hash.ts";
import { encodeRecord, type RecordDraft } from "./record.ts";

/** Where the log ends: how many records it has, and the hash of the last one. */
export interface Head {
  readonly size: number;
  readonly hash: Uint8Array;
}

/**
 * A record as the log keeps it: the exact bytes, and the hash that ties them to all before them. The
 * hash before stands beside it, so that one record can be checked without its neighbours.
 */
export interface StoredRecord {
  readonly seq: number;
  readonly hashBefore: Uint8Array;
  readonly bytes: Uint8Array;
  readonly hash: Uint8Array;
}

/** The head of a log without records: 32 zero bytes stand before the first one. */
export const EMPTY_HEAD: Head = { size: 0, hash: new Uint8Array(HASH_BYTES) };

/** Hash of a record: SHA-256 over the 32 bytes of the hash before it, then its stored bytes. */
export function linkHash(sha256: Sha256, before: Uint8Array, bytes: Uint8Array): Uint8Array {
  const joined = new Uint8Array(HASH_BYTES + bytes.length);
  joined.set(before);
  joined.set(bytes, HASH_BYTES);
  return sha256(joined);
}

/** The records that drafts become after `head`, in their order, and the head after them. */
export function extend(
  sha256: Sha256,
  head: Head,
  drafts: readonly RecordDraft[],
): { readonly records: readonly StoredRecord[]; readonly head: Head } {
  const records: StoredRecord[] = [];
  for (const draft of drafts) {
    const seq = head.size + 1;
    const bytes = encodeRecord(seq, draft);
    const hashBefore = head.hash;
    head = { size: seq, hash: linkHash(sha256, hashBefore, bytes) };
    records.push({ seq, hashBefore, bytes, hash: head.hash });
  }
  return { records, head };
}

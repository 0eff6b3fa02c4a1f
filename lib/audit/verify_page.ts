import { linkHash, type StoredRecord } from "./chain.ts";
import { sameBytes, type Sha256 } from "./hash.ts";

/** What checking some records found: how far the chain holds, or the first record where it does not. */
export type PageVerdict =
  | {
    readonly kind: "holds";
    readonly records: number;
    /** How many neighbours were also tied to each other: all but one, on an unbroken page. */
    readonly links: number;
    readonly firstSeq: number;
    readonly lastSeq: number;
  }
  | { readonly kind: "broken"; readonly seq: number; readonly reason: string }
  | { readonly kind: "empty" };

/**
 * Checks some records of the log, in order: that each one's hash is that of its bytes and of the hash
 * before it and, where the next number follows at once, that the two are tied together. An account's
 * own records have gaps between them, and only the auditor's unbroken page is one whole chain.
 */
export function verifyPage(sha256: Sha256, records: readonly StoredRecord[]): PageVerdict {
  const first = records[0];
  if (!first) return { kind: "empty" };
  let links = 0;
  let before: StoredRecord | null = null;
  for (const record of records) {
    const { seq, hashBefore, bytes, hash } = record;
    const broken = (reason: string) => ({ kind: "broken", seq, reason }) as const;
    if (before && seq <= before.seq) return broken(`it stands after record ${before.seq}`);
    if (!sameBytes(linkHash(sha256, hashBefore, bytes), hash)) {
      return broken("its hash is not that of its bytes and the record before it");
    }
    if (before && seq === before.seq + 1) {
      if (!sameBytes(before.hash, hashBefore)) {
        return broken("it does not follow the record before it");
      }
      links++;
    }
    before = record;
  }
  const lastSeq = before?.seq ?? first.seq;
  return { kind: "holds", records: records.length, links, firstSeq: first.seq, lastSeq };
}

/** Reads hexadecimal text back into bytes; null when it is not whole bytes. */
export function fromHex(hex: string): Uint8Array | null {
  if (!/^(?:[0-9a-f]{2})*$/i.test(hex)) return null;
  const pairs = hex.match(/../g) ?? [];
  return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16));
}

import type { StoredRecord } from "../../audit/chain.ts";
import { HASH_BYTES } from "../../audit/hash.ts";

/** Records that follow one another, as they are stored together: from its key's number on. */
export interface LogPage {
  /** The hash before the first record. */
  readonly hashBefore: Uint8Array;
  /** Each record's length in bytes. */
  readonly lengths: readonly number[];
  /** The records' stored bytes, one behind the other. */
  readonly bytes: Uint8Array;
  /** The records' hashes, one behind the other. */
  readonly hashes: Uint8Array;
}

/** A value may take 64 KiB; smaller pages are quicker to read one record from. */
const PAGE_BYTES = 24_000;

/** The pages that records fill, each with the number of its first record. */
export function logPagesOf(
  records: readonly StoredRecord[],
): readonly { readonly firstSeq: number; readonly page: LogPage }[] {
  const pages: { firstSeq: number; page: LogPage }[] = [];
  let members: StoredRecord[] = [];
  let length = 0;
  for (const record of records) {
    if (members.length > 0 && length + record.bytes.length > PAGE_BYTES) {
      pages.push(pageOf(members));
      [members, length] = [[], 0];
    }
    members.push(record);
    length += record.bytes.length + HASH_BYTES;
  }
  if (members.length > 0) pages.push(pageOf(members));
  return pages;
}

/** The records of a page that begins with number `firstSeq`. */
export function recordsOf(firstSeq: number, page: LogPage): readonly StoredRecord[] {
  let start = 0;
  let hashBefore = page.hashBefore;
  return page.lengths.map((length, index) => {
    const bytes = page.bytes.slice(start, start + length);
    const hash = page.hashes.slice(index * HASH_BYTES, (index + 1) * HASH_BYTES);
    const record = { seq: firstSeq + index, hashBefore, bytes, hash };
    start += length;
    hashBefore = hash;
    return record;
  });
}

function pageOf(records: readonly StoredRecord[]): { firstSeq: number; page: LogPage } {
  const [first] = records;
  if (!first) throw new Error("a page of the log holds at least one record");
  return {
    firstSeq: first.seq,
    page: {
      hashBefore: first.hashBefore,
      lengths: records.map((record) => record.bytes.length),
      bytes: joined(records.map((record) => record.bytes)),
      hashes: joined(records.map((record) => record.hash)),
    },
  };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

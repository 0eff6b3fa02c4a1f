// Pure: what the site says about checked records, and how records travel to the browser. Imports the
// audit format only.
import type { StoredRecord } from "../audit/chain.ts";
import { toHex } from "../audit/hash.ts";
import { fromHex, type PageVerdict } from "../audit/verify_page.ts";

/** A record as a page carries it: its exact text, and its hashes in hexadecimal. */
export interface RecordText {
  readonly seq: number;
  readonly text: string;
  readonly hashBefore: string;
  readonly hash: string;
}

/** A record of the log made ready to travel. Its bytes are UTF-8, so the text is them exactly. */
export function recordText({ seq, bytes, hashBefore, hash }: StoredRecord): RecordText {
  const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  return { seq, text, hashBefore: toHex(hashBefore), hash: toHex(hash) };
}

/** The records again as the log keeps them; a hash that is not one becomes no bytes, and so a mismatch. */
export function storedRecords(records: readonly RecordText[]): readonly StoredRecord[] {
  const encoder = new TextEncoder();
  return records.map(({ seq, text, hashBefore, hash }) => ({
    seq,
    bytes: encoder.encode(text),
    hashBefore: fromHex(hashBefore) ?? new Uint8Array(),
    hash: fromHex(hash) ?? new Uint8Array(),
  }));
}

/** The result of a check in one sentence. */
export function verdictText(verdict: PageVerdict): string {
  switch (verdict.kind) {
    case "empty":
      return "There are no records to verify here.";
    case "broken":
      return `Record ${countText(verdict.seq)} does not verify: ${verdict.reason}.`;
    case "holds":
      return holdsText(verdict);
  }
}

/** A whole number with its thousands grouped: "1,204,118". */
export function countText(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

function holdsText(verdict: Extract<PageVerdict, { kind: "holds" }>): string {
  const { records, links, firstSeq, lastSeq } = verdict;
  const [first, last] = [countText(firstSeq), countText(lastSeq)];
  if (records === 1) return `1 record verified: the hash of record ${first} holds.`;
  const verified = `${countText(records)} records verified: `;
  return links === records - 1
    ? `${verified}the chain holds from record ${first} to ${last}.`
    : `${verified}each hash from record ${first} to ${last} holds. ` +
      "Other accounts' records lie between them.";
}

// Pure: audit records in words. Imports the audit format and the domain only.
import { type AuditRecord, decodeRecord, entryOf } from "../audit/record.ts";
import type { ChainOwner } from "../domain/chain.ts";
import type { RecordText } from "./verdict_text.ts";

const WORDS: { readonly [type in AuditRecord["type"]]: string } = {
  "account.opened": "Account opened",
  "deposit.accepted": "Deposit accepted",
  "bet.placed": "Bet placed",
  "bet.refused": "Bet refused",
  "hold.authorised": "Stake held",
  "hold.voided": "Hold given up",
  "hold.expired": "Hold ran out",
  "hold.refused": "Hold refused",
  "market.opened": "Market opened",
  "market.limits_set": "Caps set",
  "market.prices_set": "Prices set",
  "market.suspended": "Market suspended",
  "market.resumed": "Market resumed",
  "market.closed": "Market closed",
  "market.unchanged": "Market as it was asked to be",
  "market.refused": "Change of a market refused",
};

/** What a table says of a record. */
export interface RecordLine {
  /** What happened; the type itself when it is a newer one than this page knows. */
  readonly words: string;
  readonly atMs: number;
  /** Whose entry it is, and its own number of it. */
  readonly owner: ChainOwner;
  readonly ownSeq: number;
}

/** The line of a record. Throws when its text is not a record. */
export function recordLine(record: Pick<RecordText, "text">): RecordLine {
  const decoded = decodeRecord(new TextEncoder().encode(record.text));
  const { type, at } = decoded;
  const { owner, seq } = entryOf(decoded);
  return { words: WORDS[type] ?? type, atMs: Date.parse(at), owner, ownSeq: seq };
}

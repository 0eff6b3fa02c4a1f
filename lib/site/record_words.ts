// Pure: audit records in words. Imports the audit format only.
import { type AuditRecord, decodeRecord } from "../audit/record.ts";
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
};

/** What a table says of a record. */
export interface RecordLine {
  /** What happened; the type itself when it is a newer one than this page knows. */
  readonly words: string;
  readonly atMs: number;
  readonly accountId: string;
  readonly accountSeq: number;
}

/** The line of a record. Throws when its text is not a record. */
export function recordLine(record: Pick<RecordText, "text">): RecordLine {
  const { type, at, accountId, accountSeq } = decodeRecord(new TextEncoder().encode(record.text));
  return { words: WORDS[type] ?? type, atMs: Date.parse(at), accountId, accountSeq };
}

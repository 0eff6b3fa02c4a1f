// Pure: audit records in words. Imports the audit format only.
import type { AuditRecord } from "../audit/record.ts";

const WORDS: { readonly [type in AuditRecord["type"]]: string } = {
  "account.opened": "Account opened",
  "deposit.accepted": "Deposit accepted",
  "bet.placed": "Bet placed",
  "bet.refused": "Bet refused",
};

/** What a record says happened; the type itself when it is a newer one than this page knows. */
export function recordWords(record: Pick<AuditRecord, "type">): string {
  return WORDS[record.type] ?? record.type;
}

// Pure: the state of the audit log in one sentence. Imports the audit format only.
import type { StoredRecord } from "../audit/chain.ts";
import { decodeRecord } from "../audit/record.ts";
import { agoText } from "./time_text.ts";
import { countText } from "./verdict_text.ts";

/** "1,204 records, newest 0.3 s ago." Takes the log's size, its newest record and the time. */
export function logWords(
  log: { readonly size: number; readonly newest: StoredRecord | null; readonly nowMs: number },
): string {
  if (!log.newest) return "The log has no records yet.";
  const atMs = Date.parse(decodeRecord(log.newest.bytes).at);
  const count = log.size === 1 ? "1 record" : `${countText(log.size)} records`;
  return `${count}, newest ${agoText(log.nowMs - atMs)} ago.`;
}

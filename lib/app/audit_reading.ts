import type { StoredRecord } from "../audit/chain.ts";
import { decodeRecord, entryOf } from "../audit/record.ts";
import { chainOf, type ChainOwner } from "../domain/chain.ts";
import type { Services } from "./services.ts";

/** One read of the log, and how many reads one question may take: 20,000 records of a chain. */
const RECORDS_A_READ = 1_000;
const READS_A_QUESTION = 20;

type ReadsLog = Pick<Services, "auditRecords">;

/**
 * The newest records below `before`, in the log's order, at most `limit`; of one chain, or of all
 * (null). The log is read forwards, so a chain's history is walked from its beginning.
 */
export async function recordsBefore(
  services: ReadsLog,
  asked: { readonly chain: string | null; readonly before: number; readonly limit: number },
): Promise<readonly StoredRecord[]> {
  const { chain, before, limit } = asked;
  if (chain === null) {
    const after = Math.max(0, before - 1 - limit);
    return before <= 1
      ? []
      : await services.auditRecords({ chain, after, limit: before - 1 - after });
  }
  let newest: StoredRecord[] = [];
  let after = 0;
  for (let reads = 0; reads < READS_A_QUESTION; reads++) {
    const records = await services.auditRecords({ chain, after, limit: RECORDS_A_READ });
    newest = [...newest, ...records.filter((record) => record.seq < before)].slice(-limit);
    after = records.at(-1)?.seq ?? before;
    if (records.length < RECORDS_A_READ || after >= before) break;
  }
  return newest;
}

/** The record that an entry made; null while it is on its way to the log. */
export async function recordOfEntry(
  services: ReadsLog,
  entry: ChainOwner & { readonly seq: number },
): Promise<StoredRecord | null> {
  const { seq } = entry;
  const chain = chainOf(entry);
  let after = 0;
  for (let reads = 0; reads < READS_A_QUESTION; reads++) {
    const records = await services.auditRecords({ chain, after, limit: RECORDS_A_READ });
    const found = records.find((record) => entryOf(decodeRecord(record.bytes)).seq === seq);
    if (found) return found;
    if (records.length < RECORDS_A_READ) return null;
    after = records.at(-1)?.seq ?? after;
  }
  return null;
}

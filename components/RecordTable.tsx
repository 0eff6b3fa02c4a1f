import type { AuditFilter } from "../lib/site/audit_filter.ts";
import { recordLine } from "../lib/site/record_words.ts";
import { countText, type RecordText } from "../lib/site/verdict_text.ts";
import { RecordBytes } from "./RecordBytes.tsx";
import { TimeText } from "./TimeText.tsx";

/** Records in the log's order; `filter` names what they were narrowed to. */
export interface RecordTableProps {
  readonly records: readonly RecordText[];
  readonly filter: AuditFilter | null;
}

/** Records of the log, newest first, each with what exactly is stored of it. */
export function RecordTable({ records, filter }: RecordTableProps) {
  if (records.length === 0) {
    return (
      <div class="empty">
        <p class="empty-title">There are no records here.</p>
        <p>
          {filter
            ? `No record is of the ${filter.kind} “${filter.id}”. Check the id, or show all records.`
            : "They appear as soon as a market or an account is opened, or a bet is asked for."}
        </p>
      </div>
    );
  }
  return (
    <div class="table-scroll" role="region" aria-label="Records table" tabIndex={0}>
      <table class="records">
        <thead>
          <tr>
            <th scope="col" class="number">Record</th>
            <th scope="col">What</th>
            <th scope="col">Account or market</th>
          </tr>
        </thead>
        {records.toReversed().map((record) => <RecordRows key={record.seq} record={record} />)}
      </table>
    </div>
  );
}

function RecordRows({ record }: { readonly record: RecordText }) {
  const { words, atMs, owner, ownSeq } = recordLine(record);
  return (
    <tbody>
      <tr>
        <th scope="row" class="number">{countText(record.seq)}</th>
        <td>
          {words}
          <span class="cell-note">
            <TimeText atMs={atMs} />
          </span>
        </td>
        <td>
          <code>{"marketId" in owner ? owner.marketId : owner.accountId}</code>
          <span class="cell-note">its entry {countText(ownSeq)}</span>
        </td>
      </tr>
      <tr class="record-more">
        <td colSpan={3}>
          <details class="record-details">
            <summary>
              Exact entry and hashes<span class="visually-hidden">of record {record.seq}</span>
            </summary>
            <RecordBytes record={record} />
          </details>
        </td>
      </tr>
    </tbody>
  );
}

import VerifyRecords from "../islands/VerifyRecords.tsx";
import { countText, type RecordText } from "../lib/site/verdict_text.ts";
import { RecordBytes } from "./RecordBytes.tsx";

/** The bet's record in the audit log; null while it is on its way there. */
export function BetRecord({ record }: { readonly record: RecordText | null }) {
  return (
    <section class="panel" aria-labelledby="record">
      <h2 id="record">Audit record</h2>
      {record
        ? (
          <>
            <p>
              This bet is record {countText(record.seq)}{" "}
              of the log. Nobody can change or remove it without breaking the chain of hashes after
              it.
            </p>
            <details class="record-details">
              <summary>Exact entry and hashes</summary>
              <RecordBytes record={record} />
            </details>
            <VerifyRecords records={[record]} />
          </>
        )
        : (
          <p>
            The bet is placed, and its record is on its way to the log. That takes less than a
            second: <a href="">look again</a>.
          </p>
        )}
    </section>
  );
}

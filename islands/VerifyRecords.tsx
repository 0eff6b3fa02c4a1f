import { sha256 } from "@noble/hashes/sha2.js";
import { useSignal } from "@preact/signals";
import { verifyPage } from "../lib/audit/verify_page.ts";
import { type RecordText, storedRecords, verdictText } from "../lib/site/verdict_text.ts";

/** The records to check, in the log's order. */
export interface VerifyRecordsProps {
  readonly records: readonly RecordText[];
}

/** Recomputes the records' hashes here, in the reader's own browser, and says what it found. */
export default function VerifyRecords({ records }: VerifyRecordsProps) {
  const verdict = useSignal<ReturnType<typeof verifyPage> | null>(null);
  const tone = verdict.value?.kind === "broken" ? "bad" : "good";
  return (
    <div class="verify">
      <button
        type="button"
        class="button"
        onClick={() => verdict.value = verifyPage(sha256, storedRecords(records))}
      >
        Verify
      </button>
      <p class="quiet">
        {records.length === 1
          ? "Recomputes its hash in this browser."
          : `Recomputes the hashes of these ${records.length} records in this browser.`}
      </p>
      <div class="verify-result" role="status">
        {verdict.value && <p class={`notice notice--${tone}`}>{verdictText(verdict.value)}</p>}
      </div>
    </div>
  );
}

import type { RecordText } from "../lib/site/verdict_text.ts";

/** What exactly the log keeps of a record. */
export function RecordBytes({ record }: { readonly record: RecordText }) {
  return (
    <dl class="record-bytes">
      <dt>Entry, as it is stored and hashed</dt>
      <dd>
        <code>{record.text}</code>
      </dd>
      <dt>Hash before it</dt>
      <dd>
        <code>{record.hashBefore}</code>
      </dd>
      <dt>Its hash: SHA-256 of the hash before it, then the entry</dt>
      <dd>
        <code>{record.hash}</code>
      </dd>
    </dl>
  );
}

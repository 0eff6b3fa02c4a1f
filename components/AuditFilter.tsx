import type { AuditFilter as Filter } from "../lib/site/audit_filter.ts";

/** Forms that narrow the log to one account or one market; `filter` is null for all of it. */
export function AuditFilter({ filter }: { readonly filter: Filter | null }) {
  return (
    <>
      <FilterForm name="account" placeholder="acc_…" filter={filter} />
      <FilterForm name="market" placeholder="event.market" filter={filter} />
    </>
  );
}

function FilterForm(
  { name, placeholder, filter }: {
    readonly name: Filter["kind"];
    readonly placeholder: string;
    readonly filter: Filter | null;
  },
) {
  const id = filter?.kind === name ? filter.id : null;
  return (
    <form class="field" action="/audit" method="get">
      <label for={name}>Only the records of one {name}</label>
      <input
        id={name}
        name={name}
        type="text"
        value={id ?? ""}
        placeholder={placeholder}
        autocomplete="off"
        spellcheck={false}
        maxLength={128}
      />
      <button type="submit" class="button">Filter</button>
      {id && <a class="button button--quiet" href="/audit">Show all</a>}
    </form>
  );
}

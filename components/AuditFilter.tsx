/** The account whose records are shown; null for all. */
export function AuditFilter({ accountId }: { readonly accountId: string | null }) {
  return (
    <form class="field" action="/audit" method="get">
      <label for="account">Only the records of one account</label>
      <input
        id="account"
        name="account"
        type="text"
        value={accountId ?? ""}
        placeholder="acc_…"
        autocomplete="off"
        spellcheck={false}
        maxLength={40}
      />
      <button type="submit" class="button">Filter</button>
      {accountId && <a class="button button--quiet" href="/audit">Show all</a>}
    </form>
  );
}

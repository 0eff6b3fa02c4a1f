/** What the log is for those who may not read it, and how they can. */
export function AuditVisitor({ demo }: { readonly demo: boolean }) {
  return (
    <div class="empty">
      <p class="empty-title">The records are for auditors, and for players their own.</p>
      {demo
        ? (
          <>
            <p>
              This is a demo, so you can be the auditor. An account you have stays yours meanwhile.
            </p>
            <form method="post" action="/demo">
              <input type="hidden" name="role" value="auditor" />
              <button type="submit" class="button">Become the demo auditor</button>
            </form>
          </>
        )
        : <p>Sign in to read yours.</p>}
    </div>
  );
}

/** What the desk is for those who may not run it, and how they can. */
export function DeskVisitor({ demo }: { readonly demo: boolean }) {
  return (
    <div class="empty">
      <p class="empty-title">The desk is for traders.</p>
      {demo
        ? (
          <>
            <p>
              This is a demo, so you can be the trader. An account you have stays yours meanwhile.
            </p>
            <form method="post" action="/demo">
              <input type="hidden" name="role" value="trader" />
              <button type="submit" class="button">Become the demo trader</button>
            </form>
          </>
        )
        : <p>Sign in as one to see the book's exposure.</p>}
    </div>
  );
}

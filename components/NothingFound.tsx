/** Why the lobby is empty, and what to do about it. */
export function NothingFound({ query }: { readonly query: string }) {
  if (query === "") {
    return (
      <div class="empty">
        <p class="empty-title">There is nothing to bet on just now.</p>
        <p>New events appear here as soon as they are on offer. Come back a little later.</p>
      </div>
    );
  }
  return (
    <div class="empty">
      <p class="empty-title">No event matches “{query}”.</p>
      <p>
        The search looks at names of events, competitions, teams, players and runners. Check the
        spelling, try one word, or <a href="/">show all events</a>.
      </p>
    </div>
  );
}

import type { Viewer } from "../lib/site/viewer.ts";

/** Says on every page of a demo that nothing is real, and which role one has. */
export function DemoLine({ session }: { readonly session: Viewer }) {
  return (
    <aside class="demo-line" aria-label="Demo">
      <p>Play money. Nothing here is a real bet.</p>
      {session && session.role !== "player" && (
        <p>
          <span class="demo-role">You are the demo {session.role}.</span>{" "}
          <a href="/demo">Switch back to player</a>
        </p>
      )}
      {!session && (
        <noscript>
          <form method="post" action="/demo">
            <input type="hidden" name="role" value="player" />
            <button type="submit" class="button button--quiet">
              Start with £1,000 of play money
            </button>
          </form>
        </noscript>
      )}
    </aside>
  );
}

// Pure: what a page says and offers to whoever looks at it. Imports the domain only.

/** As much of a session as the pages need; null for a visitor. */
export type Viewer = { readonly role: "player" | "trader" | "auditor" } | null;

/** Why this viewer cannot place bets; null when they can, or will in a moment. */
export function whyNotBet(viewer: Viewer, demo: boolean): string | null {
  if (!viewer) return demo ? null : "Sign in to place bets.";
  return viewer.role === "player"
    ? null
    : `The demo ${viewer.role} cannot place bets. Switch back to player first.`;
}

/** What stands in the place of the balance for a viewer without an account. */
export function insteadOfBalance(viewer: Viewer, demo: boolean): string {
  if (viewer) return "No account";
  return demo ? "£–" : "Sign in";
}

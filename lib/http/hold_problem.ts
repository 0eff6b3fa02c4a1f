import type { Refusal } from "../domain/refusals.ts";
import type { Problem } from "./problem.ts";

/** The refusals that are about a hold. */
export type HoldRefusal = Extract<Refusal, { readonly kind: `hold_${string}` }>;

/** What a caller is told whose hold is not there, or another's. */
export const NO_SUCH_HOLD: Problem = {
  slug: "not-found",
  detail: "You have no hold with this id, so there was nothing to do. Nothing was charged.",
};

/** What a refusal that is about a hold says; it depends on the refusal alone. */
export function holdProblem(refusal: HoldRefusal): Problem {
  switch (refusal.kind) {
    case "hold_unknown":
      return NO_SUCH_HOLD;
    case "hold_expired":
      return {
        slug: "hold-expired",
        detail: "The hold ran out before this reached us. Nothing was charged, and its stake is " +
          "yours to use again. Ask for a new hold to go on.",
        members: { holdId: refusal.holdId, expiresAt: instant(refusal.expiresAtMs) },
      };
    case "hold_not_pending":
      return {
        slug: "hold-not-pending",
        detail: refusal.status === "posted"
          ? "This hold was confirmed before: it is a bet, and stands among your bets. Nothing " +
            "more was charged."
          : "This hold was given up before. Nothing was charged, and its stake is yours to use " +
            "again. Ask for a new hold to go on.",
        members: { holdId: refusal.holdId, holdStatus: refusal.status },
      };
    case "hold_active":
      return {
        slug: "hold-active",
        detail:
          "Another stake is being held for you, and there can be one at a time. Nothing was " +
          "charged, and nothing more is held. Confirm that hold or give it up first.",
        members: { holdId: refusal.holdId, expiresAt: instant(refusal.expiresAtMs) },
      };
  }
}

function instant(atMs: number): string {
  return new Date(atMs).toISOString();
}

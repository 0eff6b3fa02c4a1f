// Pure: what the "Place bet" button says, and why it cannot be pressed. Imports the domain only.
import { moneyText } from "./money_text.ts";
import type { StakeReading } from "./stake_text.ts";

/** A leg as far as the button is concerned. */
export interface LegToPlace {
  readonly stake: StakeReading;
  /** Whether an earlier try waits for the customer, or for the server, to settle it. */
  readonly undecided: boolean;
}

/** The button: what it will do and, where it cannot be pressed, the reason that stands beside it. */
export interface PlaceButtonState {
  readonly label: string;
  readonly reason: string | null;
}

/** The button for a slip with at least one leg. */
export function placeButtonState(
  legs: readonly LegToPlace[],
  who: { readonly mayBet: boolean; readonly whyNot: string },
): PlaceButtonState {
  const free = legs.filter((leg) => !leg.undecided);
  const stakes = free.flatMap(({ stake }) => stake.kind === "amount" ? [stake.stakeMinor] : []);
  const totalMinor = stakes.reduce((total, stakeMinor) => total + stakeMinor, 0);
  const action = stakes.length > 1 ? `Place ${stakes.length} bets` : "Place bet";
  const label = stakes.length > 0 ? `${action} · ${moneyText(totalMinor, "GBP")}` : action;
  return { label, reason: reasonAgainst() };

  function reasonAgainst(): string | null {
    if (!who.mayBet) return who.whyNot;
    if (free.length === 0) return "Answer the question above first.";
    if (free.some(({ stake }) => stake.kind === "unreadable")) return "Correct the stake first.";
    return stakes.length === 0 ? "Enter a stake first." : null;
  }
}

import type { Currency } from "./money.ts";

/**
 * A customer's account after its newest entry. Amounts are minor units of `currency`.
 * `balanceMinor >= heldMinor >= 0` always.
 */
export interface AccountState {
  readonly id: string;
  readonly currency: Currency;
  readonly status: "open";
  /** Counts the changes of this state; a refused bet is recorded but changes nothing. */
  readonly version: number;
  /** The player's cash: what was paid in and won, less what was paid out and staked. */
  readonly balanceMinor: number;
  /** The part of the balance set aside by a pending hold. */
  readonly heldMinor: number;
  /** The stakes of the bets that are still open. */
  readonly atRiskMinor: number;
}

/** What the customer may stake or withdraw now: balance less held, in minor units, never negative. */
export function availableMinor(account: AccountState): number {
  return account.balanceMinor - account.heldMinor;
}

import { type Hold, isDead } from "./hold.ts";
import type { Currency } from "./money.ts";

/**
 * A customer's account after its newest entry. Amounts are minor units of `currency`; the balance is
 * never below what is held.
 */
export interface AccountState {
  readonly id: string;
  readonly currency: Currency;
  readonly status: "open";
  /** Counts the changes of this state; a refused bet is recorded but changes nothing. */
  readonly version: number;
  /** The player's cash: what was paid in and won, less what was paid out and staked. */
  readonly balanceMinor: number;
  /** The stakes of the bets that are still open. */
  readonly atRiskMinor: number;
  /**
   * The hold that was authorised and has not been ended by an entry; at most one. It may be dead
   * already: see `isDead`.
   */
  readonly hold: Hold | null;
}

/** The part of the balance that is set aside, in minor units. */
export function heldMinor(account: AccountState): number {
  return account.hold?.amountMinor ?? 0;
}

/** What the customer may stake or withdraw now: balance less held, in minor units, never negative. */
export function availableMinor(account: AccountState): number {
  return account.balanceMinor - heldMinor(account);
}

/** The account as it counts at a time: a dead hold holds nothing, whether or not it was ended. */
export function accountAt(account: AccountState, atMs: number): AccountState {
  return account.hold && isDead(account.hold, atMs) ? { ...account, hold: null } : account;
}

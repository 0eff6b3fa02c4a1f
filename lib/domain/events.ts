import type { Bet, PriceChange, QuotedLeg } from "./bet.ts";
import type { Currency } from "./money.ts";
import type { Posting } from "./postings.ts";
import type { Refusal } from "./refusals.ts";

/** The account came to be, empty. */
export interface AccountOpened {
  readonly type: "account.opened";
  readonly currency: Currency;
  readonly postings: readonly Posting[];
}

/** Money came in from outside. */
export interface DepositAccepted {
  readonly type: "deposit.accepted";
  readonly amountMinor: number;
  readonly postings: readonly Posting[];
}

/** A bet was taken and its stake moved from cash to risk. */
export interface BetPlaced {
  readonly type: "bet.placed";
  readonly bet: Bet;
  readonly priceChange: PriceChange;
  readonly postings: readonly Posting[];
}

/** A bet was asked for and not taken; it is recorded and moves nothing. */
export interface BetRefused {
  readonly type: "bet.refused";
  readonly legs: readonly QuotedLeg[];
  readonly stakeMinor: number;
  readonly priceChange: PriceChange;
  readonly refusal: Refusal;
  readonly postings: readonly Posting[];
}

/** Everything that can stand in an account's chain. Postings sum to zero in each. */
export type AccountEvent = AccountOpened | DepositAccepted | BetPlaced | BetRefused;

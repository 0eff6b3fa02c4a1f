import type { Bet, PriceChange, QuotedLeg } from "./bet.ts";
import type { Hold } from "./hold.ts";
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
  /** The hold that was confirmed into it; null for a bet placed at once. */
  readonly hold: Hold | null;
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

/** A stake was set aside. It stays in cash, so nothing is posted. */
export interface HoldAuthorised {
  readonly type: "hold.authorised";
  readonly hold: Hold;
  readonly postings: readonly Posting[];
}

/** A pending hold came to nothing: the customer gave it up, or its time was over. */
export interface HoldReleased {
  readonly type: "hold.voided" | "hold.expired";
  readonly hold: Hold;
  readonly postings: readonly Posting[];
}

/** Something was asked about a hold and not done; it is recorded and moves nothing. */
export interface HoldRefused {
  readonly type: "hold.refused";
  readonly asked: HoldRequest;
  readonly refusal: Refusal;
  readonly postings: readonly Posting[];
}

/** What was asked about a hold, as the record of a refusal keeps it. */
export type HoldRequest =
  | {
    readonly action: "authorise";
    readonly legs: readonly QuotedLeg[];
    readonly stakeMinor: number;
    readonly priceChange: PriceChange;
  }
  | { readonly action: "confirm" | "void"; readonly holdId: string };

/** Everything that can stand in an account's chain. Postings sum to zero in each. */
export type AccountEvent =
  | AccountOpened
  | DepositAccepted
  | BetPlaced
  | BetRefused
  | HoldAuthorised
  | HoldReleased
  | HoldRefused;

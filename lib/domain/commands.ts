import type { PriceChange, QuotedLeg } from "./bet.ts";
import type { Currency } from "./money.ts";
import type { Rounding } from "./price.ts";

/** Opens an account, empty. */
export interface OpenAccount {
  readonly type: "open";
  readonly accountId: string;
  readonly currency: Currency;
}

/** Pays money in; `amountMinor` is from 1. */
export interface Deposit {
  readonly type: "deposit";
  readonly amountMinor: number;
}

/** What a customer asks to back, and under which rules of the bookmaker. */
export interface Backing {
  readonly requestId: string;
  readonly legs: readonly QuotedLeg[];
  readonly stakeMinor: number;
  readonly priceChange: PriceChange;
  readonly minStakeMinor: number;
  readonly maxStakeMinor: number;
  readonly rounding: Rounding;
  /** The server's time of arrival (Unix), never the customer's. */
  readonly atMs: number;
}

/** Asks for a bet. `betId` is free and belongs to this request alone. */
export interface PlaceBet extends Backing {
  readonly type: "place";
  readonly betId: string;
}

/** Asks for a stake to be set aside for `holdMs`. `holdId` is free and belongs to this request alone. */
export interface AuthoriseHold extends Backing {
  readonly type: "authorise";
  readonly holdId: string;
  readonly holdMs: number;
}

/** Asks for a pending hold to become a bet, which takes `betId`. */
export interface ConfirmHold {
  readonly type: "confirm";
  readonly holdId: string;
  readonly betId: string;
  readonly requestId: string;
  readonly atMs: number;
}

/** Gives a pending hold up. */
export interface VoidHold {
  readonly type: "void";
  readonly holdId: string;
  readonly atMs: number;
}

/** Ends a hold that is dead, so that its money and liability are free for others to see. */
export interface ExpireHold {
  readonly type: "expire";
  readonly holdId: string;
  readonly atMs: number;
}

/** Everything an account can be asked. */
export type AccountCommand =
  | OpenAccount
  | Deposit
  | PlaceBet
  | AuthoriseHold
  | ConfirmHold
  | VoidHold
  | ExpireHold;

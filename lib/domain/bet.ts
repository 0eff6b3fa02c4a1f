import type { Currency } from "./money.ts";
import type { Price, Rounding } from "./price.ts";

/** What the customer lets happen when the price moved before the bet: nothing, a better one, any. */
export type PriceChange = "none" | "higher" | "any";

/** One selection a customer asks to back, at the price they saw. */
export interface QuotedLeg {
  readonly marketId: string;
  readonly selectionId: string;
  readonly price: Price;
}

/** One selection of an accepted bet, at the price it was accepted at. */
export interface Leg extends QuotedLeg {
  /** The market's version when the leg was accepted. */
  readonly marketVersion: number;
}

/** An accepted bet. Returns include the stake; amounts are minor units of `currency`. */
export interface Bet {
  readonly id: string;
  readonly requestId: string;
  readonly accountId: string;
  readonly status: "open";
  readonly legs: readonly Leg[];
  readonly stakeMinor: number;
  readonly currency: Currency;
  readonly rounding: Rounding;
  readonly potentialReturnsMinor: number;
  readonly placedAtMs: number;
}

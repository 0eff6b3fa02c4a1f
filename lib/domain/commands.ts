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

/**
 * Asks for a bet. `betId` is free and belongs to this request alone; `atMs` is the server's time of
 * arrival (Unix), never the customer's; the stake limits and the rounding are the policy in force.
 */
export interface PlaceBet {
  readonly type: "place";
  readonly betId: string;
  readonly requestId: string;
  readonly legs: readonly QuotedLeg[];
  readonly stakeMinor: number;
  readonly priceChange: PriceChange;
  readonly minStakeMinor: number;
  readonly maxStakeMinor: number;
  readonly rounding: Rounding;
  readonly atMs: number;
}

/** Everything an account can be asked. */
export type AccountCommand = OpenAccount | Deposit | PlaceBet;

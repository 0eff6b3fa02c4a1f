import type { Selection } from "./market.ts";
import type { Price } from "./price.ts";

/** The most the book may lose on one selection from now on, in minor units. */
export interface SelectionLimit {
  readonly selectionId: string;
  readonly liabilityCapMinor: number;
}

/** What one selection is offered at from now on. */
export interface SelectionPrice {
  readonly selectionId: string;
  readonly price: Price;
}

/** Offers a market, open at once. Its selections stay with it for ever. */
export interface OpenMarket {
  readonly type: "open";
  readonly eventId: string;
  readonly name: string;
  readonly selections: readonly Selection[];
  readonly reason: string | null;
}

/** Sets caps; the selections not named keep theirs. */
export interface SetLimits {
  readonly type: "set_limits";
  readonly limits: readonly SelectionLimit[];
  readonly reason: string | null;
}

/** Sets prices; the selections not named keep theirs. A suspended market stays suspended. */
export interface SetPrices {
  readonly type: "set_prices";
  readonly prices: readonly SelectionPrice[];
  readonly reason: string | null;
}

/** Takes no more bets for now (`suspend`), takes them again (`resume`), or never again (`close`). */
export interface SetStatus {
  readonly type: "suspend" | "resume" | "close";
  readonly reason: string | null;
}

/** What can be asked of a market that is there. */
export type MarketChange = SetLimits | SetPrices | SetStatus;

/** Everything a market can be asked. The time of each is its entry's. */
export type MarketCommand = OpenMarket | MarketChange;

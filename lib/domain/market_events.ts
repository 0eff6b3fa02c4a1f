import type { Selection } from "./market.ts";
import type { MarketChange, SelectionLimit, SelectionPrice } from "./market_commands.ts";
import type { MarketRefusal } from "./market_refusals.ts";
import type { Posting } from "./postings.ts";

/** What all events of markets say. */
interface MarketFact {
  /** Why, in the words of who asked; null when they gave none. */
  readonly reason: string | null;
  /** None: what is done to a market moves no money. */
  readonly postings: readonly Posting[];
}

/** The market came to be, and takes bets. */
export interface MarketOpened extends MarketFact {
  readonly type: "market.opened";
  readonly eventId: string;
  readonly name: string;
  readonly selections: readonly Selection[];
}

/** Caps were set; those not named are as they were. */
export interface LimitsSet extends MarketFact {
  readonly type: "market.limits_set";
  readonly limits: readonly SelectionLimit[];
}

/** Prices were set; those not named are as they were. */
export interface PricesSet extends MarketFact {
  readonly type: "market.prices_set";
  readonly prices: readonly SelectionPrice[];
}

/** The market takes no bets for now, takes them again, or never will. */
export interface StatusSet extends MarketFact {
  readonly type: "market.suspended" | "market.resumed" | "market.closed";
}

/** What was asked for was so already; it is recorded and changes nothing. */
export interface MarketUnchanged extends MarketFact {
  readonly type: "market.unchanged";
  readonly asked: MarketRequest;
}

/** Something was asked for and not done; it is recorded and changes nothing. */
export interface MarketRefused extends MarketFact {
  readonly type: "market.refused";
  readonly asked: MarketRequest;
  readonly refusal: MarketRefusal;
}

/** What was asked for, as the record of what changed nothing keeps it. */
export type MarketRequest = MarketChange extends infer Change
  ? Change extends MarketChange ? Omit<Change, "reason"> : never
  : never;

/** Everything that can stand in a market's chain. */
export type MarketEvent =
  | MarketOpened
  | LimitsSet
  | PricesSet
  | StatusSet
  | MarketUnchanged
  | MarketRefused;

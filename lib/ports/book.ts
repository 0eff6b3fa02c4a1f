import type { MarketState, SportingEvent } from "../domain/market.ts";
import type { CommitOutcome } from "./commit_outcome.ts";

/** A sporting event with its markets, in the order in which they are shown. */
export interface OfferedEvent {
  readonly event: SportingEvent;
  readonly markets: readonly MarketState[];
}

/** What became of a market's change; `absent`: there is no such market. */
export type MarketChange =
  | { readonly outcome: "committed"; readonly market: MarketState }
  | { readonly outcome: "absent" }
  | { readonly outcome: Exclude<CommitOutcome, "committed"> };

/**
 * What can be bet on. Reading it is for showing only: a decision reads markets through the ledger's own
 * view.
 */
export interface Book {
  /** All events, earliest start first. */
  events(): Promise<readonly OfferedEvent[]>;

  /** One event; null when there is none with this id. */
  event(eventId: string): Promise<OfferedEvent | null>;

  /**
   * Puts an event on offer. The event itself is replaced; a market that is already there stays as it
   * is, so that it may be run again at every start.
   */
  offer(offered: OfferedEvent): Promise<void>;

  /** One market; null when there is none with this id. */
  market(marketId: string): Promise<MarketState | null>;

  /**
   * Puts `change` of a market in its place, if it is still as it was read. Every decision whose commit
   * saw the market before is thereby made again. A change that answers the very market it was given
   * writes nothing. One attempt: whoever calls tries again.
   */
  changeMarket(
    marketId: string,
    change: (market: MarketState) => MarketState,
  ): Promise<MarketChange>;
}

import type { MarketState, SportingEvent } from "../domain/market.ts";

/** A sporting event with its markets, in the order in which they are shown. */
export interface OfferedEvent {
  readonly event: SportingEvent;
  readonly markets: readonly MarketState[];
}

/** What can be bet on. For showing only: a decision reads markets through the ledger's own view. */
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
}

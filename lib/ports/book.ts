import type { MarketState, SportingEvent } from "../domain/market.ts";

/** A sporting event with its markets, in the order in which they are shown. */
export interface OfferedEvent {
  readonly event: SportingEvent;
  readonly markets: readonly MarketState[];
}

/**
 * What can be bet on, for showing: a decision sees markets through the ledger's own view. Markets are
 * shown as they were at some moment of the call; their changes are the ledger's.
 */
export interface Book {
  /** All events, earliest start first. */
  events(): Promise<readonly OfferedEvent[]>;

  /** One event; null when there is none with this id. */
  event(eventId: string): Promise<OfferedEvent | null>;

  /**
   * Puts an event on offer, or another in its place. Of its markets those are shown that are there:
   * open them first.
   */
  offer(event: SportingEvent): Promise<void>;

  /** One market; null when there is none with this id. */
  market(marketId: string): Promise<MarketState | null>;
}

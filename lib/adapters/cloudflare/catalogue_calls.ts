import type { SportingEvent } from "../../domain/market.ts";

/** What is asked of the object that knows what there is: the events, and the names of all chains. */
export interface CatalogueCalls {
  /** Makes chains known; it may run twice. */
  register(chains: readonly string[]): Promise<void>;

  /** Names of chains behind `after` in their own order, at most `limit`. */
  chains(
    page: { readonly after: string; readonly limit: number },
  ): Promise<readonly string[]>;

  /** Puts an event on offer, or another in its place. */
  offer(event: SportingEvent): Promise<void>;

  /** All events, earliest start first. */
  events(): Promise<readonly SportingEvent[]>;

  event(eventId: string): Promise<SportingEvent | null>;
}

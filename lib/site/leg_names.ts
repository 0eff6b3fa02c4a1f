// Pure: what a bet is on, in words. Imports the domain only.
import type { QuotedLeg } from "../domain/bet.ts";
import type { ListedEvent } from "./lobby.ts";

/** The names behind the ids of a leg, for showing. */
export interface LegNames {
  readonly selection: string;
  readonly market: string;
  readonly event: string;
  /** Null when the event is no longer on offer. */
  readonly eventId: string | null;
}

/** The names of every leg asked for, in its order; ids stand in for what is no longer on offer. */
export function namesOfLegs(
  legs: readonly Pick<QuotedLeg, "marketId" | "selectionId">[],
  events: readonly ListedEvent[],
): readonly LegNames[] {
  return legs.map(({ marketId, selectionId }) => {
    for (const { event, markets } of events) {
      const market = markets.find((candidate) => candidate.id === marketId);
      if (!market) continue;
      const selection = market.selections.find((candidate) => candidate.id === selectionId);
      return {
        selection: selection?.name ?? selectionId,
        market: market.name,
        event: event.name,
        eventId: event.id,
      };
    }
    return { selection: selectionId, market: marketId, event: "No longer on offer", eventId: null };
  });
}

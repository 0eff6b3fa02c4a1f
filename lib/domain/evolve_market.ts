import { isMarketId, type MarketState, MOST_MARKET_BYTES, type Selection } from "./market.ts";
import type { MarketEvent, MarketOpened } from "./market_events.ts";
import { assertAmountMinor } from "./money.ts";

/**
 * The market after an event. Pure; throws, as a defect, when the event does not fit the state: a first
 * event that does not open the market, a change of a closed one, a selection that it does not have.
 */
export function evolveMarket(
  before: { readonly marketId: string; readonly state: MarketState | null },
  event: MarketEvent,
): MarketState {
  if (event.type === "market.opened") return opened(before, event);
  const { state } = before;
  if (!state) throw new Error(`${event.type} on market ${before.marketId}, which is not there`);
  if (event.type === "market.unchanged" || event.type === "market.refused") return state;
  if (state.status === "closed") throw new Error(`${event.type} on market ${state.id}, closed`);
  return { ...state, version: state.version + 1, ...changeBy(state, event) };
}

type Changing = Exclude<
  MarketEvent,
  { readonly type: "market.opened" | "market.unchanged" | "market.refused" }
>;

function changeBy(market: MarketState, event: Changing): Partial<MarketState> {
  switch (event.type) {
    case "market.limits_set": {
      const caps = event.limits.map(({ selectionId, liabilityCapMinor }) => (
        [selectionId, { liabilityCapMinor: assertAmountMinor(liabilityCapMinor) }] as const
      ));
      return { selections: selectionsWith(market, new Map(caps)) };
    }
    case "market.prices_set": {
      const prices = event.prices.map(({ selectionId, price }) =>
        [selectionId, { price }] as const
      );
      return { selections: selectionsWith(market, new Map(prices)) };
    }
    case "market.suspended":
      return { status: "suspended" };
    case "market.resumed":
      return { status: "open" };
    case "market.closed":
      return { status: "closed" };
  }
}

/** The market's selections with the changes given by selection id. */
function selectionsWith(
  market: MarketState,
  changes: ReadonlyMap<string, Partial<Selection>>,
): readonly Selection[] {
  const known = new Set(market.selections.map((selection) => selection.id));
  for (const selectionId of changes.keys()) {
    if (!known.has(selectionId)) throw new Error(`market ${market.id} has no ${selectionId}`);
  }
  return market.selections.map((selection) => ({ ...selection, ...changes.get(selection.id) }));
}

function opened(
  before: { readonly marketId: string; readonly state: MarketState | null },
  { eventId, name, selections }: MarketOpened,
): MarketState {
  const { marketId: id, state } = before;
  if (state) throw new Error(`market ${id} is there already`);
  const ids = selections.map((selection) => selection.id);
  if (![id, ...ids].every(isMarketId) || ids.length === 0 || new Set(ids).size < ids.length) {
    throw new Error(`market ${id} or its selections are named badly: ${ids.join(", ")}`);
  }
  for (const { liabilityCapMinor } of selections) assertAmountMinor(liabilityCapMinor);
  const market: MarketState = { id, eventId, name, status: "open", version: 1, selections };
  const bytes = new TextEncoder().encode(JSON.stringify(market)).length;
  if (bytes > MOST_MARKET_BYTES) throw new RangeError(`market ${id} takes ${bytes} bytes`);
  return market;
}

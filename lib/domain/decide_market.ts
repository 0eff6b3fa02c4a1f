import type { MarketState, MarketStatus } from "./market.ts";
import type { MarketCommand, SetStatus } from "./market_commands.ts";
import type { MarketEvent, MarketRequest } from "./market_events.ts";
import { type MarketRefusal, strongestMarketRefusal } from "./market_refusals.ts";
import { comparePrices } from "./price.ts";

/**
 * What a command does to a market, or why it does nothing. Pure and total over valid commands. What is
 * so already (`market.unchanged`) and what cannot be done (`market.refused`) are events as well: the
 * log shows everything that was asked for, and a repeated request finds its answer. Throws only for
 * defects: opening a market that is there, or changing one that is not.
 */
export function decideMarket(market: MarketState | null, command: MarketCommand): MarketEvent {
  if (command.type === "open") {
    if (market) throw new Error(`market ${market.id} is there already`);
    const { type: _, ...offered } = command;
    return { type: "market.opened", ...offered, postings: [] };
  }
  if (!market) throw new Error("the market is not there");
  const { reason, ...asked } = command;
  const why = { reason, postings: [] };
  const refusal = strongestMarketRefusal(refusalsOf(market, asked));
  if (refusal) return { type: "market.refused", asked, refusal, ...why };
  if (isSo(market, asked)) return { type: "market.unchanged", asked, ...why };
  switch (asked.type) {
    case "set_limits":
      return { type: "market.limits_set", limits: asked.limits, ...why };
    case "set_prices":
      return { type: "market.prices_set", prices: asked.prices, ...why };
    case "suspend":
      return { type: "market.suspended", ...why };
    case "resume":
      return { type: "market.resumed", ...why };
    case "close":
      return { type: "market.closed", ...why };
  }
}

/** What a change of status leads to. */
const STATUS_AFTER: { readonly [Type in SetStatus["type"]]: MarketStatus } = {
  suspend: "suspended",
  resume: "open",
  close: "closed",
};

function refusalsOf(market: MarketState, asked: MarketRequest): readonly MarketRefusal[] {
  const refusals: MarketRefusal[] = [];
  // Only that it be closed is so for ever.
  if (market.status === "closed" && asked.type !== "close") {
    refusals.push({ kind: "market_closed" });
  }
  const known = new Set(market.selections.map((selection) => selection.id));
  for (const [index, { selectionId }] of namedBy(asked).entries()) {
    if (!known.has(selectionId)) refusals.push({ kind: "selection_unknown", selectionId, index });
  }
  return refusals;
}

function namedBy(asked: MarketRequest): readonly { readonly selectionId: string }[] {
  if (asked.type === "set_limits") return asked.limits;
  return asked.type === "set_prices" ? asked.prices : [];
}

/** Whether a market is as it is asked to be; every selection named is one of its own. */
function isSo(market: MarketState, asked: MarketRequest): boolean {
  const now = new Map(market.selections.map((selection) => [selection.id, selection]));
  switch (asked.type) {
    case "set_limits":
      return asked.limits.every(({ selectionId, liabilityCapMinor }) =>
        now.get(selectionId)?.liabilityCapMinor === liabilityCapMinor
      );
    case "set_prices":
      return asked.prices.every(({ selectionId, price }) => {
        const current = now.get(selectionId)?.price;
        return current !== undefined && comparePrices(current, price) === 0;
      });
    case "suspend":
    case "resume":
    case "close":
      return market.status === STATUS_AFTER[asked.type];
  }
}

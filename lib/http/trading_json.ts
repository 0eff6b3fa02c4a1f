import * as z from "zod";
import type { MarketState } from "../domain/market.ts";
import { MarketJson, marketJson } from "./event_json.ts";
import { AmountMinor, Id } from "./field_schemas.ts";

const Cap = AmountMinor.meta({
  description: "The most the book may lose on this selection, in whole minor units: the profits " +
    "of its open bets, holds included.",
});

const Limit = z.strictObject({ selectionId: Id, liabilityCapMinor: Cap }, {
  error: "A limit is an object.",
});

/** The body that sets caps of a market. A market has no more selections than fit. */
export const SetLimitsBody = z.strictObject({
  limits: z.array(Limit, { error: "limits is a list of limits." }).min(1, {
    error: "Name at least one selection.",
  }).max(500, { error: "A request has at most 500 limits." }).superRefine((limits, context) => {
    const seen = new Set<string>();
    for (const [index, { selectionId }] of limits.entries()) {
      if (seen.has(selectionId)) {
        const message = "This selection is named twice.";
        context.addIssue({ code: "custom", message, path: [index, "selectionId"] });
      }
      seen.add(selectionId);
    }
  }).meta({ description: "New caps; the selections not named keep theirs." }),
}, { error: "The body is an object." }).meta({ id: "SetLimits" });

/** A market in an answer to a trader, whose selections carry their caps. */
export const TradingMarketJson = MarketJson.extend({
  selections: z.array(
    MarketJson.shape.selections.element.extend({ liabilityCapMinor: Cap }),
  ),
}).meta({ id: "TradingMarket" });

/** The answer to changed caps. */
export const ChangedMarketJson = z.object({ market: TradingMarketJson });

/** A market with what the book can lose on it. */
export const MarketExposureJson = z.object({
  market: TradingMarketJson,
  exposure: z.array(z.object({
    selectionId: z.string(),
    liabilityMinor: AmountMinor.meta({
      description: "What the book would lose on it now: returns less stakes, holds included.",
    }),
    liabilityCapMinor: Cap,
  })),
});

/** A market as an answer shows it to a trader. */
export function tradingMarketJson(market: MarketState): z.output<typeof TradingMarketJson> {
  const caps = new Map(market.selections.map(({ id, liabilityCapMinor }) => [
    id,
    liabilityCapMinor,
  ]));
  const shown = marketJson(market);
  return {
    ...shown,
    selections: shown.selections.map((selection) => ({
      ...selection,
      liabilityCapMinor: caps.get(selection.id) ?? 0,
    })),
  };
}

/** A market with the liability of each of its selections, in their order. */
export function marketExposureJson(
  market: MarketState,
  liabilities: readonly number[],
): z.output<typeof MarketExposureJson> {
  return {
    market: tradingMarketJson(market),
    exposure: market.selections.map(({ id, liabilityCapMinor }, index) => ({
      selectionId: id,
      liabilityMinor: liabilities[index] ?? 0,
      liabilityCapMinor,
    })),
  };
}

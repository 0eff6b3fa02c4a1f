import * as z from "zod";
import type { MarketState } from "../domain/market.ts";
import { MarketJson, marketJson } from "./event_json.ts";
import { AmountMinor, Id } from "./field_schemas.ts";
import { QuotedPrice } from "./price_json.ts";

const Cap = AmountMinor.meta({
  description: "The most the book may lose on this selection, in whole minor units: the profits " +
    "of its open bets, holds included.",
});

/** So many selections one request names at most: what it says fits into a record of the log. */
const MOST_NAMED = 100;

/** Why a market is changed, for the log; null when nothing is said. */
const Reason = z.string({ error: "A reason is text." }).regex(/^\P{Cc}{1,500}$/u, {
  error: "A reason has 1 to 500 characters, on one line.",
}).optional().transform((reason) => reason ?? null).meta({
  description: "Why, for the audit log, which keeps it for ever: no names of customers.",
});

const NOT_A_BODY = { error: "The body is an object." };

const Limit = z.strictObject({ selectionId: Id, liabilityCapMinor: Cap }, {
  error: "A limit is an object.",
});

/** The body that sets caps of a market. */
export const SetLimitsBody = z.strictObject({
  limits: eachOnce(Limit, "limits").meta({
    description: "New caps; the selections not named keep theirs.",
  }),
  reason: Reason,
}, NOT_A_BODY).meta({ id: "SetLimits" });

const OfferedPrice = z.strictObject({ selectionId: Id, price: QuotedPrice }, {
  error: "A price is an object with a selectionId and a price.",
});

/** The body that sets prices of a market. */
export const SetPricesBody = z.strictObject({
  prices: eachOnce(OfferedPrice, "prices").meta({
    description: "New prices; the selections not named keep theirs.",
  }),
  reason: Reason,
}, NOT_A_BODY).meta({ id: "SetPrices" });

/** The body that suspends or resumes a market. */
export const SetStatusBody = z.strictObject({ reason: Reason }, NOT_A_BODY).meta({
  id: "SetStatus",
});

/** A list that names each of its selections once. */
function eachOnce<Named extends z.ZodType<{ readonly selectionId: string }>>(
  named: Named,
  name: string,
) {
  return z.array(named, { error: `${name} is a list of ${name}.` })
    .min(1, { error: "Name at least one selection." })
    .max(MOST_NAMED, { error: `A request names at most ${MOST_NAMED} selections.` })
    .superRefine((list, context) => {
      const seen = new Set<string>();
      for (const [index, { selectionId }] of list.entries()) {
        if (seen.has(selectionId)) {
          const message = "This selection is named twice.";
          context.addIssue({ code: "custom", message, path: [index, "selectionId"] });
        }
        seen.add(selectionId);
      }
    });
}

/** A market in an answer to a trader, whose selections carry their caps. */
export const TradingMarketJson = MarketJson.extend({
  selections: z.array(
    MarketJson.shape.selections.element.extend({ liabilityCapMinor: Cap }),
  ),
}).meta({ id: "TradingMarket" });

/** The answer to a change of a market. */
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

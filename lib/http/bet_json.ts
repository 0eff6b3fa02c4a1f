import * as z from "zod";
import type { Bet, Leg } from "../domain/bet.ts";
import { AccountJson } from "./account_json.ts";
import { AmountMinor, CurrencyCode, Id, Instant, RequestId } from "./field_schemas.ts";
import { PriceJson, priceJson, QuotedPrice } from "./price_json.ts";

const QuotedLegJson = z.strictObject({
  marketId: Id,
  selectionId: Id,
  price: QuotedPrice,
}, { error: "A leg is an object." });

/**
 * The body of a request for a bet. A stake outside the bookmaker's limits, 0 and negative ones too, is
 * understood here and refused by the ledger, which knows the limits.
 */
export const PlaceBetBody = z.strictObject({
  legs: z.array(QuotedLegJson, { error: "legs is a list of legs." }).length(1, {
    error: "A bet has exactly one leg for now: accumulators are not offered yet.",
  }).meta({ description: "What is backed. Exactly one leg for now." }),
  stakeMinor: z.int({ error: "A stake is a whole number of minor units (pence for GBP)." }).meta({
    description: "The stake, in whole minor units (pence for GBP).",
    examples: [500],
  }),
  priceChange: z.enum(["none", "higher", "any"], {
    error: 'priceChange is "none", "higher" or "any".',
  }).default("none").meta({
    description:
      "What may happen when the price moved before the bet is taken: refuse it, take a " +
      "higher price, or take any.",
  }),
}, { error: "The body is an object." }).meta({ id: "PlaceBet" });

/** One leg of a bet or hold in an answer. */
export const LegJson = z.object({
  marketId: z.string(),
  selectionId: z.string(),
  price: PriceJson,
  marketVersion: z.int().meta({ description: "The market's version when the leg was taken." }),
});

/** A bet in an answer. */
export const BetJson = z.object({
  id: z.string(),
  requestId: RequestId,
  accountId: z.string(),
  status: z.enum(["open"]),
  legs: z.array(LegJson),
  stakeMinor: AmountMinor,
  currency: CurrencyCode,
  potentialReturnsMinor: AmountMinor.meta({
    description: "What the bet pays if it wins, stake included.",
  }),
  placedAt: Instant,
}).meta({ id: "Bet" });

/** The answer to an accepted bet: the bet, and the account after it. */
export const PlacedBetJson = z.object({ bet: BetJson, account: AccountJson });

/** A page of bets, newest first. */
export const BetsJson = z.object({
  bets: z.array(BetJson),
  nextCursor: z.string().nullable().meta({
    description: "Ask with this cursor for the next page; null when this was the last.",
  }),
});

/** A bet as an answer shows it: the same text whenever it is read. */
export function betJson(bet: Bet): z.output<typeof BetJson> {
  return {
    id: bet.id,
    requestId: bet.requestId,
    accountId: bet.accountId,
    status: bet.status,
    legs: bet.legs.map(legJson),
    stakeMinor: bet.stakeMinor,
    currency: bet.currency,
    potentialReturnsMinor: bet.potentialReturnsMinor,
    placedAt: new Date(bet.placedAtMs).toISOString(),
  };
}

/** A leg as an answer shows it. */
export function legJson({ marketId, selectionId, price, marketVersion }: Leg) {
  return { marketId, selectionId, price: priceJson(price), marketVersion };
}

import * as z from "zod";
import type { MarketState, SportingEvent } from "../domain/market.ts";
import { Instant } from "./field_schemas.ts";
import { PriceDisplayJson, priceDisplayJson, PriceJson, priceJson } from "./price_json.ts";

/** A market in an answer, with everything that can be backed in it. */
export const MarketJson = z.object({
  id: z.string(),
  name: z.string(),
  status: z.enum(["open", "suspended", "closed"]).meta({
    description: "Bets are taken while it is open; suspended may open again, closed never does.",
  }),
  version: z.int().meta({ description: "Goes up with every change of status, price or cap." }),
  selections: z.array(z.object({
    id: z.string(),
    name: z.string(),
    price: PriceJson,
    display: PriceDisplayJson,
  })),
}).meta({ id: "Market" });

/** A sporting event in an answer, with its markets in the order in which they are shown. */
export const EventJson = z.object({
  id: z.string(),
  sport: z.enum(["football", "racing", "tennis"]),
  competition: z.string(),
  name: z.string(),
  startsAt: Instant,
  markets: z.array(MarketJson),
}).meta({ id: "Event" });

/** All events, earliest start first. */
export const EventsJson = z.object({ events: z.array(EventJson) });

/** An event as an answer shows it. */
export function eventJson(
  offered: { readonly event: SportingEvent; readonly markets: readonly MarketState[] },
): z.output<typeof EventJson> {
  const { id, sport, competition, name, startsAtMs } = offered.event;
  return {
    id,
    sport,
    competition,
    name,
    startsAt: new Date(startsAtMs).toISOString(),
    markets: offered.markets.map(marketJson),
  };
}

/** A market as an answer shows it. */
export function marketJson(market: MarketState): z.output<typeof MarketJson> {
  const { id, name, status, version, selections } = market;
  return {
    id,
    name,
    status,
    version,
    selections: selections.map((selection) => ({
      id: selection.id,
      name: selection.name,
      price: priceJson(selection.price),
      display: priceDisplayJson(selection.price),
    })),
  };
}

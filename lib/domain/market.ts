import type { Price } from "./price.ts";

/** What can be backed in a market, and at what price now. */
export interface Selection {
  readonly id: string;
  readonly name: string;
  readonly price: Price;
  /** The most the book may lose on it: the profits of its open bets, holds included. */
  readonly liabilityCapMinor: number;
}

/** Whether bets are taken: `suspended` may open again, `closed` never does. */
export type MarketStatus = "open" | "suspended" | "closed";

/** A question with a closed list of answers, offered on one sporting event. */
export interface MarketState {
  readonly id: string;
  readonly eventId: string;
  readonly name: string;
  readonly status: MarketStatus;
  /** Goes up by one with every change of status, price or cap. */
  readonly version: number;
  readonly selections: readonly Selection[];
}

/**
 * The most that a market takes as JSON in UTF-8: some hundred and fifty selections. A market and one
 * event that names all of it thereby fit into a value of any store.
 */
export const MOST_MARKET_BYTES = 20_000;

const MARKET_ID = /^[\x20-\x7e]{1,128}$/;

/** Whether the text can be the id of a market or a selection: 1 to 128 printable ASCII characters. */
export function isMarketId(text: string): boolean {
  return MARKET_ID.test(text);
}

/** The sports the book knows; the lobby groups by them in this order. */
export type Sport = "football" | "racing" | "tennis";

/** A fixture: the match or race that markets are offered on. `startsAtMs` is Unix time. */
export interface SportingEvent {
  readonly id: string;
  readonly sport: Sport;
  readonly competition: string;
  readonly name: string;
  readonly startsAtMs: number;
  /** In the order in which they are shown; the first is the main market. */
  readonly marketIds: readonly string[];
}

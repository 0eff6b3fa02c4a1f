import type { LegAsked } from "./bettor.ts";

/** Selections of the demo's book, at prices that do not change. */
export const LEGS: readonly LegAsked[] = [
  { marketId: "harbour-northgate.match-result", selectionId: "harbour-town", price: "2.50" },
  { marketId: "harbour-northgate.match-result", selectionId: "draw", price: "3.40" },
  { marketId: "harbour-northgate.both-teams-to-score", selectionId: "yes", price: "10/11" },
  { marketId: "saltmarsh-1430.winner", selectionId: "marram-grass", price: "10/1" },
];

/** The markets of {@link LEGS}. */
export const MARKET_IDS: readonly string[] = [...new Set(LEGS.map((leg) => leg.marketId))];

import type { MarketState } from "../lib/domain/market.ts";
import { accountIdOf } from "../lib/domain/ids.ts";

/** How many markets the benches offer, and selections in each. */
export const MARKETS = 100;
export const SELECTIONS_A_MARKET = 3;
export const SELECTIONS = MARKETS * SELECTIONS_A_MARKET;

/** Every bet's stake, in minor units, and the price of every selection: 2.50. */
export const STAKE_MINOR = 100;
export const PRICE = { num: 5, den: 2 };

/** What an account has at the start, and what the book may lose on a selection: never the bound. */
export const BALANCE_MINOR = 1_000_000_000_000;
export const LIABILITY_CAP_MINOR = 1_000_000_000_000;

/** The id of an account by its number. */
export function accountIdAt(accountIndex: number): string {
  return accountIdOf(accountIndex.toString(36).padStart(16, "0"));
}

/** Where a selection stands in the book. */
export function selectionAt(selectionIndex: number): { marketId: string; selectionId: string } {
  const market = Math.floor(selectionIndex / SELECTIONS_A_MARKET);
  return {
    marketId: `bench-${market}.result`,
    selectionId: `s${selectionIndex % SELECTIONS_A_MARKET}`,
  };
}

/** A market of the book as the ledger knows it. */
export function marketAt(marketIndex: number): MarketState {
  const first = marketIndex * SELECTIONS_A_MARKET;
  const ids = Array.from({ length: SELECTIONS_A_MARKET }, (_, index) => selectionAt(first + index));
  return {
    id: `bench-${marketIndex}.result`,
    eventId: `bench-${marketIndex}`,
    name: "Result",
    status: "open",
    version: 1,
    selections: ids.map(({ selectionId }) => ({
      id: selectionId,
      name: selectionId,
      price: PRICE,
      liabilityCapMinor: LIABILITY_CAP_MINOR,
    })),
  };
}

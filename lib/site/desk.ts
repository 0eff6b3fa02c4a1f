// Pure: the book's exposure as the trader's desk shows it. Imports the domain only.
import { selectionKey } from "../domain/exposure.ts";
import type { MarketState, Selection } from "../domain/market.ts";
import { MAX_AMOUNT_MINOR } from "../domain/money.ts";
import type { ListedEvent } from "./lobby.ts";
import { moneyText } from "./money_text.ts";
import { readPounds } from "./pounds.ts";

/** One selection: what the book would lose on it, and the most it may. Minor units. */
export interface DeskRow {
  readonly selection: Pick<Selection, "id" | "name" | "price">;
  readonly liabilityMinor: number;
  readonly capMinor: number;
  /** `full`: nothing more is taken. `high`: less than a fifth is left. */
  readonly state: "calm" | "high" | "full";
  /** "12% of the cap", rounded so that only what is full says 100%. */
  readonly shareWords: string;
}

/** One market, its worst selection first. */
export interface DeskMarket {
  readonly market: Pick<MarketState, "id" | "name" | "status">;
  readonly eventName: string;
  /** The most the book can lose on it: what its worst selection would cost. */
  readonly worstMinor: number;
  readonly rows: readonly DeskRow[];
}

/** Every market on offer, the one that can cost the book most first. `liabilities` by `selectionKey`. */
export function deskMarkets(
  events: readonly ListedEvent[],
  liabilities: ReadonlyMap<string, number>,
): readonly DeskMarket[] {
  return events
    .flatMap(({ event, markets }) =>
      markets.map((market) => deskMarket(market, event.name, liabilities))
    )
    .toSorted((a, b) => b.worstMinor - a.worstMinor);
}

/** A cap as it stands in its field: "1,000,000.00". */
export function capFieldText(capMinor: number): string {
  return moneyText(capMinor, "GBP").slice(1);
}

/** A cap as it was typed, in minor units from 0, or what is wrong with it in words. */
export function readCap(
  typed: string,
): { readonly ok: true; readonly capMinor: number } | {
  readonly ok: false;
  readonly words: string;
} {
  const capMinor = readPounds(typed);
  if (capMinor === null) return { ok: false, words: "Enter an amount in pounds, like 5000.00." };
  if (capMinor > MAX_AMOUNT_MINOR) {
    return { ok: false, words: `A cap is at most ${moneyText(MAX_AMOUNT_MINOR, "GBP")}.` };
  }
  return { ok: true, capMinor };
}

function deskMarket(
  market: MarketState,
  eventName: string,
  liabilities: ReadonlyMap<string, number>,
): DeskMarket {
  const rows = market.selections
    .map((selection) => {
      const key = selectionKey({ marketId: market.id, selectionId: selection.id });
      return deskRow(selection, liabilities.get(key) ?? 0);
    })
    .toSorted((a, b) => b.liabilityMinor - a.liabilityMinor);
  const { id, name, status } = market;
  const worstMinor = rows[0]?.liabilityMinor ?? 0;
  return { market: { id, name, status }, eventName, worstMinor, rows };
}

function deskRow(
  { id, name, price, liabilityCapMinor }: Selection,
  liabilityMinor: number,
): DeskRow {
  const capMinor = liabilityCapMinor;
  const state = liabilityMinor >= capMinor
    ? "full"
    : 5n * BigInt(liabilityMinor) >= 4n * BigInt(capMinor)
    ? "high"
    : "calm";
  return {
    selection: { id, name, price },
    liabilityMinor,
    capMinor,
    state,
    shareWords: shareWords(liabilityMinor, capMinor),
  };
}

function shareWords(liabilityMinor: number, capMinor: number): string {
  if (liabilityMinor > capMinor) return "over the cap";
  if (liabilityMinor === capMinor) return capMinor === 0 ? "nothing is taken" : "100% of the cap";
  const percent = Number(100n * BigInt(liabilityMinor) / BigInt(capMinor));
  if (liabilityMinor > 0 && percent === 0) return "under 1% of the cap";
  return `${percent}% of the cap`;
}

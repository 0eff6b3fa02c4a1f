import type { Leg } from "./bet.ts";
import type { AccountEvent } from "./events.ts";
import { assertAmountMinor } from "./money.ts";
import type { Price, Rounding } from "./price.ts";

/** One selection of one market. */
export interface SelectionRef {
  readonly marketId: string;
  readonly selectionId: string;
}

/** What an event does to the book's liability on one selection, in minor units. */
export interface ExposureChange extends SelectionRef {
  readonly byMinor: number;
}

/**
 * The text by which maps know a selection. Ids are printable, so none holds the line break between
 * them and no two selections share a text.
 */
export function selectionKey(selection: SelectionRef): string {
  return `${selection.marketId}\n${selection.selectionId}`;
}

/**
 * What the book can lose on each leg of a bet: its returns less its stake. A multiple counts in full on
 * each of its legs, which is more than it can cost, never less.
 */
export function liabilityMinor(
  bet: { readonly stakeMinor: number; readonly potentialReturnsMinor: number },
): number {
  return bet.potentialReturnsMinor - bet.stakeMinor;
}

/** How an event changes the liability: a bet or hold adds it, a hold that came to nothing gives it back. */
export function exposureChanges(event: AccountEvent): readonly ExposureChange[] {
  switch (event.type) {
    case "bet.placed":
      // A confirmed hold has brought its liability along.
      return event.hold ? [] : changesOf(event.bet.legs, liabilityMinor(event.bet));
    case "hold.authorised":
      return changesOf(event.hold.legs, held(event.hold));
    case "hold.voided":
    case "hold.expired":
      return changesOf(event.hold.legs, -held(event.hold));
    case "account.opened":
    case "deposit.accepted":
    case "bet.refused":
    case "hold.refused":
      return [];
  }
}

/** Exposures, by `selectionKey`, after an event. Throws, as a defect, when one would be negative. */
export function exposuresAfter(
  exposures: ReadonlyMap<string, number>,
  event: AccountEvent,
): ReadonlyMap<string, number> {
  const after = new Map(exposures);
  for (const change of exposureChanges(event)) {
    const key = selectionKey(change);
    after.set(key, assertAmountMinor((after.get(key) ?? 0) + change.byMinor));
  }
  return after;
}

/**
 * The largest stake whose liability at a price is at most `roomMinor`; 0 when there is no room. Under
 * `floor` that is the largest s with ⌊s·p⌋ ≤ room for the profit p of a stake of 1, so s·p < room + 1;
 * under `halfUp`, s·p < room + ½.
 */
export function largestStakeMinor(
  asked: { readonly price: Price; readonly rounding: Rounding; readonly roomMinor: number },
): number {
  const { price, rounding, roomMinor } = asked;
  if (roomMinor < 0) return 0;
  const halves = rounding === "halfUp" ? 1n : 2n;
  const num = (2n * BigInt(roomMinor) + halves) * BigInt(price.den);
  const den = 2n * BigInt(price.num - price.den);
  return Number((num - 1n) / den);
}

function held(
  hold: { readonly amountMinor: number; readonly potentialReturnsMinor: number },
): number {
  return liabilityMinor({ stakeMinor: hold.amountMinor, ...hold });
}

function changesOf(legs: readonly Leg[], byMinor: number): readonly ExposureChange[] {
  return legs.map(({ marketId, selectionId }) => ({ marketId, selectionId, byMinor }));
}

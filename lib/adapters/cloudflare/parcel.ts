import { type Entry, isMarketEntry } from "../../domain/entry.ts";
import type { ReservationRef } from "./market_calls.ts";

/**
 * A stored entry on its way from its object to the log, as one line of text: the attempt that reserved
 * for its bet or hold (nothing, where there was none), a space, and the entry as its object stores it.
 * The object keeps it until the log has it, so parcels may be lost, doubled and mixed up on the way.
 */
export type Parcel = string;

/** The parcel of a stored entry. Its JSON has no line breaks, and an attempt is letters only. */
export function parcelOf(json: string, attempt: string | null): Parcel {
  return `${attempt ?? ""} ${json}`;
}

/** What is in a parcel. */
export function openedParcel(
  parcel: Parcel,
): { readonly entry: Entry; readonly attempt: string | null } {
  const space = parcel.indexOf(" ");
  const attempt = parcel.slice(0, space);
  return {
    entry: JSON.parse(parcel.slice(space + 1)),
    attempt: attempt === "" ? null : attempt,
  };
}

/** A reservation that has come to an end because a bet stands, and the markets that have it. */
export interface Standing {
  readonly reservation: ReservationRef;
  readonly marketIds: readonly string[];
}

/** What an entry is the end of; null when it is not the one that a bet stands by. */
export function standingBy(
  entry: Entry,
  attempt: string | null,
): Standing | null {
  if (
    attempt === null || isMarketEntry(entry) ||
    entry.event.type !== "bet.placed"
  ) return null;
  const { bet, hold } = entry.event;
  return {
    reservation: { backingId: hold?.id ?? bet.id, attempt },
    marketIds: bet.legs.map((leg) => leg.marketId),
  };
}

import type { Leg, PriceChange } from "./bet.ts";
import type { AccountEvent } from "./events.ts";
import type { Currency } from "./money.ts";
import type { Rounding } from "./price.ts";

/**
 * A stake set aside for a bet that was priced and reserved but not yet taken. It keeps the price, the
 * money and the book's liability until it is confirmed, voided, or dead.
 */
export interface Hold {
  readonly id: string;
  readonly requestId: string;
  readonly accountId: string;
  readonly legs: readonly Leg[];
  /** The stake that is set aside, in minor units of `currency`. */
  readonly amountMinor: number;
  readonly currency: Currency;
  readonly rounding: Rounding;
  readonly potentialReturnsMinor: number;
  readonly priceChange: PriceChange;
  readonly authorisedAtMs: number;
  /** The hold is dead at exactly this time (Unix), whether or not anything swept it. */
  readonly expiresAtMs: number;
}

/** How a hold stands: `posted` is confirmed into a bet. Only a pending hold can change. */
export type HoldStatus = "pending" | "posted" | "voided" | "expired";

/** A hold and what its account's entries made of it. */
export interface HoldFate {
  readonly hold: Hold;
  readonly status: HoldStatus;
}

/** Whether a hold's time is over: from exactly `expiresAtMs` on. */
export function isDead(hold: Hold, atMs: number): boolean {
  return atMs >= hold.expiresAtMs;
}

/** How a hold stands at a time: one that still counts as pending may be dead. */
export function statusAt(fate: HoldFate, atMs: number): HoldStatus {
  return fate.status === "pending" && isDead(fate.hold, atMs) ? "expired" : fate.status;
}

/** What an event makes of a hold; null when it touches none. */
export function holdFateAfter(event: AccountEvent): HoldFate | null {
  switch (event.type) {
    case "hold.authorised":
      return { hold: event.hold, status: "pending" };
    case "hold.voided":
      return { hold: event.hold, status: "voided" };
    case "hold.expired":
      return { hold: event.hold, status: "expired" };
    case "bet.placed":
      return event.hold && { hold: event.hold, status: "posted" };
    case "account.opened":
    case "deposit.accepted":
    case "bet.refused":
    case "hold.refused":
      return null;
  }
}

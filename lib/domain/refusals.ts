import { rankingOf, strongestBy } from "./precedence.ts";
import type { Price } from "./price.ts";

/**
 * Every expected "no" to a bet or a hold. Each carries what the customer needs in order to try again: the
 * current price, the limits, or what is available.
 */
export type Refusal =
  | {
    readonly kind: "selection_unknown";
    readonly marketId: string;
    readonly selectionId: string;
    readonly leg: number;
  }
  | { readonly kind: "market_closed"; readonly marketId: string; readonly leg: number }
  | { readonly kind: "market_suspended"; readonly marketId: string; readonly leg: number }
  | {
    readonly kind: "stake_out_of_range";
    readonly minStakeMinor: number;
    readonly maxStakeMinor: number;
  }
  | {
    readonly kind: "price_changed";
    readonly marketId: string;
    readonly selectionId: string;
    readonly leg: number;
    readonly quotedPrice: Price;
    readonly currentPrice: Price;
  }
  | { readonly kind: "insufficient_funds"; readonly availableMinor: number }
  | {
    readonly kind: "liability_cap";
    readonly marketId: string;
    readonly selectionId: string;
    readonly leg: number;
    /** The largest stake that would have been accepted at that moment; 0 when none would. */
    readonly maxStakeMinor: number;
  }
  | { readonly kind: "hold_unknown"; readonly holdId: string }
  | { readonly kind: "hold_expired"; readonly holdId: string; readonly expiresAtMs: number }
  | {
    readonly kind: "hold_not_pending";
    readonly holdId: string;
    readonly status: "posted" | "voided";
  }
  | { readonly kind: "hold_active"; readonly holdId: string; readonly expiresAtMs: number };

/**
 * The order in which refusals win when several hold at once, strongest first: what can never be had,
 * then what cannot be had now, then what the customer can change. Two wrong things at once thereby
 * always give the same answer, in every home and on every retry.
 */
export const REFUSAL_PRECEDENCE = rankingOf<Refusal["kind"]>()([
  "hold_unknown",
  "hold_expired",
  "hold_not_pending",
  "selection_unknown",
  "market_closed",
  "market_suspended",
  "stake_out_of_range",
  "price_changed",
  "hold_active",
  "insufficient_funds",
  "liability_cap",
]);

/** The refusal that is answered; of two of one kind, the earlier in the list. Null for none. */
export function strongest(refusals: readonly Refusal[]): Refusal | null {
  return strongestBy(REFUSAL_PRECEDENCE, refusals);
}

/** What `decide` answers: a value, or one refusal. */
export type Decision<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Refusal };

/** An accepted decision. */
export function accept<Value>(value: Value): Decision<Value> {
  return { ok: true, value };
}

/** A refused decision. */
export function refuse(refusal: Refusal): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal };
}

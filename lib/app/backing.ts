import type { PriceChange, QuotedLeg } from "../domain/bet.ts";
import type { Backing } from "../domain/commands.ts";
import type { AccountAsking } from "./account_request.ts";
import type { Policy } from "./policy.ts";

/** A request for a bet, or for a hold for one. */
export interface BetRequest extends AccountAsking {
  readonly legs: readonly QuotedLeg[];
  readonly stakeMinor: number;
  readonly priceChange: PriceChange;
}

/** What a request asks to back, under the bookmaker's rules in force. */
export function backingOf(request: BetRequest, policy: Policy): Backing {
  const { requestId, legs, stakeMinor, priceChange, atMs } = request;
  const { minStakeMinor, maxStakeMinor, rounding } = policy;
  return {
    requestId,
    legs,
    stakeMinor,
    priceChange,
    minStakeMinor,
    maxStakeMinor,
    rounding,
    atMs,
  };
}

/** What a request asks to back, as the fingerprint of `what` keeps it. */
export function backingAsked<What extends string>(
  what: What,
  { legs, stakeMinor, priceChange }: BetRequest,
) {
  return { do: what, legs, stakeMinor, priceChange };
}

import type { PriceChange, QuotedLeg } from "../../../lib/domain/bet.ts";
import { selectionKey } from "../../../lib/domain/exposure.ts";
import type { Price, Rounding } from "../../../lib/domain/price.ts";
import type { Refusal } from "../../../lib/domain/refusals.ts";
import type { Moment } from "./decision_check.ts";

/** What somebody backs, as they asked for it. */
export interface Backed {
  readonly legs: readonly QuotedLeg[];
  readonly stakeMinor: number;
  readonly priceChange: PriceChange;
}

/** What may be staked of an account: its hold is set aside, dead or not. */
export function availableMinor({ account }: Moment): number {
  return account.balanceMinor - (account.hold?.amountMinor ?? 0);
}

/** The first of the reasons that stand against a backing, caps aside, or null. */
export function backingReason(backed: Backed, moment: Moment): Refusal["kind"] | null {
  const { legs, stakeMinor, priceChange } = backed;
  const { minStakeMinor, maxStakeMinor } = moment.policy;
  const shut = marketReason(legs, moment);
  if (shut) return shut;
  if (stakeMinor < minStakeMinor || stakeMinor > maxStakeMinor) return "stake_out_of_range";
  if (legs.some((leg) => moved(leg, priceChange, moment))) return "price_changed";
  return stakeMinor > availableMinor(moment) ? "insufficient_funds" : null;
}

/** The first of the reasons for which a market takes no bet on the legs, or null. */
export function marketReason(
  legs: readonly QuotedLeg[],
  moment: Moment,
): Refusal["kind"] | null {
  if (legs.some((leg) => !priceNow(leg, moment))) return "selection_unknown";
  if (legs.some((leg) => statusOf(leg, moment) === "closed")) return "market_closed";
  return legs.some((leg) => statusOf(leg, moment) === "suspended") ? "market_suspended" : null;
}

/** Whether a backing at the current prices would bring a selection over its cap. */
export function capReason(backed: Backed, moment: Moment): Refusal["kind"] | null {
  const legs = backed.legs.map((leg) => ({ ...leg, price: priceNow(leg, moment) ?? leg.price }));
  const liability = exactReturns({ ...backed, legs }, moment.policy.rounding) -
    BigInt(backed.stakeMinor);
  const over = legs.some((leg) => liability > BigInt(roomMinor(leg, moment)));
  return over ? "liability_cap" : null;
}

/** How much more the book may lose on a selection. */
export function roomMinor(leg: QuotedLeg, { markets, liabilities }: Moment): number {
  const selections = markets.get(leg.marketId)?.selections ?? [];
  const cap = selections.find(({ id }) => id === leg.selectionId)?.liabilityCapMinor ?? 0;
  return cap - (liabilities.get(selectionKey(leg)) ?? 0);
}

/** Stake times every price, rounded once. */
export function exactReturns(
  { stakeMinor, legs }: Pick<Backed, "stakeMinor" | "legs">,
  rounding: Rounding,
): bigint {
  let num = BigInt(stakeMinor);
  let den = 1n;
  for (const { price } of legs) {
    num *= BigInt(price.num);
    den *= BigInt(price.den);
  }
  const [whole, rest] = [num / den, num % den];
  return rounding === "halfUp" && rest * 2n >= den ? whole + 1n : whole;
}

/** A selection's price in its market; null when there is no such selection. */
export function priceNow(leg: QuotedLeg, { markets }: Pick<Moment, "markets">): Price | null {
  const selections = markets.get(leg.marketId)?.selections ?? [];
  return selections.find(({ id }) => id === leg.selectionId)?.price ?? null;
}

/** Whether a price is one that was not agreed to. */
export function isOutside(quoted: Price, now: Price, priceChange: PriceChange): boolean {
  if (priceChange === "any") return false;
  const difference = BigInt(now.num) * BigInt(quoted.den) - BigInt(quoted.num) * BigInt(now.den);
  return priceChange === "none" ? difference !== 0n : difference < 0n;
}

function statusOf(leg: QuotedLeg, { markets }: Moment): string | null {
  return markets.get(leg.marketId)?.status ?? null;
}

function moved(leg: QuotedLeg, priceChange: PriceChange, moment: Moment): boolean {
  const now = priceNow(leg, moment);
  return now !== null && isOutside(leg.price, now, priceChange);
}

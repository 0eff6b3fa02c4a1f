import type { AccountEntry } from "../../../lib/domain/entry.ts";
import type { BetRefused, HoldRefused } from "../../../lib/domain/events.ts";
import type { Refusal } from "../../../lib/domain/refusals.ts";
import type { Moment } from "./decision_check.ts";
import {
  availableMinor,
  type Backed,
  backingReason,
  capReason,
  exactReturns,
  marketReason,
  priceNow,
  roomMinor,
} from "./reasons.ts";

/** What is wrong with a refusal: there must be a reason, and it must be the strongest there is. */
export function refusalFlaw(
  entry: AccountEntry,
  event: BetRefused | HoldRefused,
  moment: Moment,
): string | null {
  const { refusal } = event;
  const right = event.type === "bet.refused"
    ? backedReason(event, moment)
    : holdReason(entry, event, moment);
  if (right !== refusal.kind) return `it was refused with ${refusal.kind}; ${right} is right`;
  if (refusal.kind === "insufficient_funds") {
    const available = availableMinor(moment);
    return refusal.availableMinor === available ? null : `${available} were available`;
  }
  if (refusal.kind !== "liability_cap") return null;
  const backed = event.type === "bet.refused" ? event : event.asked;
  return "legs" in backed ? reofferFlaw(refusal, backed, moment) : null;
}

function backedReason(backed: Backed, moment: Moment): Refusal["kind"] | null {
  return backingReason(backed, moment) ?? capReason(backed, moment);
}

function holdReason(
  { accountId }: AccountEntry,
  { asked }: HoldRefused,
  moment: Moment,
): Refusal["kind"] | null {
  if (asked.action === "authorise") {
    const reason = backingReason(asked, moment);
    // Only money and caps are weaker than the hold that is there.
    if (moment.account.hold && (!reason || reason === "insufficient_funds")) return "hold_active";
    return reason ?? capReason(asked, moment);
  }
  const fate = moment.holds.get(asked.holdId);
  if (fate?.hold.accountId !== accountId) return "hold_unknown";
  if (fate.status === "expired") return "hold_expired";
  if (fate.status !== "pending") return "hold_not_pending";
  return asked.action === "confirm" ? marketReason(fate.hold.legs, moment) : null;
}

/** A re-offer must be the largest stake that would have been taken, or nothing. */
function reofferFlaw(
  { maxStakeMinor }: Refusal & { readonly kind: "liability_cap" },
  backed: Backed,
  moment: Moment,
): string | null {
  const [leg, ...more] = backed.legs;
  // Of accumulators, which nobody can ask for over HTTP yet, it says no more than that.
  if (!leg || more.length > 0) return null;
  const price = priceNow(leg, moment) ?? leg.price;
  const takes = (stakeMinor: number) =>
    stakeMinor <= Math.min(availableMinor(moment), moment.policy.maxStakeMinor) &&
    exactReturns({ stakeMinor, legs: [{ ...leg, price }] }, moment.policy.rounding) -
          BigInt(stakeMinor) <=
      BigInt(roomMinor(leg, moment));
  const { minStakeMinor } = moment.policy;
  const least = maxStakeMinor === 0 ? minStakeMinor : maxStakeMinor + 1;
  if (takes(least)) return `${least} would have been taken, not only ${maxStakeMinor}`;
  const offered = maxStakeMinor === 0 || (maxStakeMinor >= minStakeMinor && takes(maxStakeMinor));
  return offered ? null : `${maxStakeMinor} would have been refused as well`;
}

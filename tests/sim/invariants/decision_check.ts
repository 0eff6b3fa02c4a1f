import type { AccountState } from "../../../lib/domain/account.ts";
import type { AccountEntry } from "../../../lib/domain/entry.ts";
import type { BetPlaced, HoldAuthorised, HoldReleased } from "../../../lib/domain/events.ts";
import type { Hold, HoldFate } from "../../../lib/domain/hold.ts";
import type { MarketState } from "../../../lib/domain/market.ts";
import type { Rounding } from "../../../lib/domain/price.ts";
import { type Backed, backingReason, capReason, exactReturns, marketReason } from "./reasons.ts";
import { refusalFlaw } from "./refusal_check.ts";
import { same } from "./same.ts";

/** The limits that are in force. */
export interface PolicyInForce {
  readonly minStakeMinor: number;
  readonly maxStakeMinor: number;
  readonly holdMs: number;
  readonly rounding: Rounding;
}

/** What stood in the database in the moment in which a decision was stored. */
export interface Moment {
  readonly account: AccountState;
  readonly markets: ReadonlyMap<string, MarketState>;
  readonly holds: ReadonlyMap<string, HoldFate>;
  readonly liabilities: ReadonlyMap<string, number>;
  readonly policy: PolicyInForce;
}

/**
 * What is wrong with a decision, in words, or null. It is checked against the database as it was when
 * the decision was stored, with rules of its own: nothing here is the code that decided.
 */
export function decisionFlaw(entry: AccountEntry, moment: Moment): string | null {
  const { event, atMs } = entry;
  const { hold } = moment.account;
  const asked = event.type !== "deposit.accepted" && event.type !== "hold.expired";
  if (hold && atMs >= hold.expiresAtMs && asked) return "a dead hold was not ended first";
  if ((entry.answers === null) === asked) return "it answers nothing, or what nobody asked";
  switch (event.type) {
    case "bet.placed":
      return event.hold
        ? confirmedFlaw(entry, event, event.hold, moment)
        : placedFlaw(event, moment);
    case "hold.authorised":
      return authorisedFlaw(entry, event, moment);
    case "hold.voided":
    case "hold.expired":
      return releasedFlaw(entry, event, moment);
    case "bet.refused":
    case "hold.refused":
      return refusalFlaw(entry, event, moment);
    case "account.opened":
      return "an account was opened twice";
    case "deposit.accepted":
      return null;
  }
}

function placedFlaw({ bet }: BetPlaced, moment: Moment): string | null {
  return takenFlaw({ ...bet, priceChange: "any" }, bet, moment);
}

function authorisedFlaw(
  { atMs }: AccountEntry,
  { hold, postings }: HoldAuthorised,
  moment: Moment,
): string | null {
  if (moment.account.hold) return "a second hold was authorised";
  if (hold.expiresAtMs !== atMs + moment.policy.holdMs) return "a hold lives too long or too short";
  if (postings.length > 0) return "a hold moved money";
  const backed = { ...hold, stakeMinor: hold.amountMinor };
  return takenFlaw({ ...backed, priceChange: "any" }, backed, moment);
}

/** Nothing may speak against what was taken, and it must say what the market said. */
function takenFlaw(
  backed: Backed,
  terms: Pick<Hold, "rounding" | "potentialReturnsMinor" | "legs">,
  moment: Moment,
): string | null {
  const reason = backingReason(backed, moment);
  if (reason) return `it was taken against ${reason}`;
  for (const leg of terms.legs) {
    const market = moment.markets.get(leg.marketId);
    const price = market?.selections.find(({ id }) => id === leg.selectionId)?.price;
    if (!same(price, leg.price) || market?.version !== leg.marketVersion) {
      return `${leg.selectionId} was taken at a price that was not the market's`;
    }
  }
  const exact = exactReturns(backed, terms.rounding);
  if (terms.rounding !== moment.policy.rounding) return "it is rounded by another policy";
  if (BigInt(terms.potentialReturnsMinor) !== exact) {
    return `it returns ${terms.potentialReturnsMinor}, where ${exact} is right`;
  }
  return capReason(backed, moment) && "it was taken beyond a cap";
}

function confirmedFlaw(
  { atMs }: AccountEntry,
  { bet, priceChange }: BetPlaced,
  hold: Hold,
  moment: Moment,
): string | null {
  const fate = moment.holds.get(hold.id);
  if (fate?.status !== "pending") return `a hold that was ${fate?.status} was confirmed`;
  if (atMs >= hold.expiresAtMs) return "a dead hold was confirmed";
  const shut = marketReason(hold.legs, moment);
  if (shut) return `a hold was confirmed against ${shut}`;
  const kept = bet.stakeMinor === hold.amountMinor && same(bet.legs, hold.legs) &&
    bet.potentialReturnsMinor === hold.potentialReturnsMinor &&
    bet.rounding === hold.rounding && priceChange === hold.priceChange;
  return kept ? null : "a confirmed bet is not what was held";
}

function releasedFlaw(
  { atMs, actor }: AccountEntry,
  { type, hold, postings }: HoldReleased,
  { holds }: Moment,
): string | null {
  const fate = holds.get(hold.id);
  if (fate?.status !== "pending") return `a hold that was ${fate?.status} ended again`;
  if (postings.length > 0) return "the end of a hold moved money";
  const dead = atMs >= hold.expiresAtMs;
  if (type === "hold.voided") return dead ? "a dead hold was voided" : null;
  if (actor !== "system") return "somebody expired a hold";
  return dead ? null : "a hold expired before its time";
}

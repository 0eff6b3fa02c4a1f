import type { AccountState } from "../../../lib/domain/account.ts";
import type { QuotedLeg } from "../../../lib/domain/bet.ts";
import type { AccountEvent, BetPlaced, BetRefused } from "../../../lib/domain/events.ts";
import type { MarketState } from "../../../lib/domain/market.ts";
import type { Price } from "../../../lib/domain/price.ts";
import type { Refusal } from "../../../lib/domain/refusals.ts";

/** What stood in the database in the moment in which a decision was stored. */
export interface Moment {
  readonly account: AccountState;
  readonly markets: ReadonlyMap<string, MarketState>;
  readonly minStakeMinor: number;
  readonly maxStakeMinor: number;
}

/**
 * What is wrong with a decision, in words, or null. It is checked against the database as it was when
 * the decision was stored, with rules of its own: nothing here is the code that decided.
 */
export function decisionFlaw(event: AccountEvent, moment: Moment): string | null {
  if (event.type === "bet.placed") return placedFlaw(event, moment);
  return event.type === "bet.refused" ? refusedFlaw(event, moment) : null;
}

function placedFlaw({ bet, priceChange }: BetPlaced, moment: Moment): string | null {
  const { stakeMinor } = bet;
  if (stakeMinor > moment.account.balanceMinor - moment.account.heldMinor) {
    return `a bet of ${stakeMinor} was placed on less money`;
  }
  if (stakeMinor < moment.minStakeMinor || stakeMinor > moment.maxStakeMinor) {
    return `a bet of ${stakeMinor} was placed outside the limits`;
  }
  for (const leg of bet.legs) {
    const market = moment.markets.get(leg.marketId);
    const price = priceNow(leg, moment);
    if (market?.status !== "open") return `a bet was placed on ${leg.marketId}, which is not open`;
    if (!price || !equal(price, leg.price) || market.version !== leg.marketVersion) {
      return `a bet was placed on ${leg.selectionId} at a price that was not the market's`;
    }
  }
  const exact = exactReturns(stakeMinor, bet.legs.map((leg) => leg.price));
  if (BigInt(bet.potentialReturnsMinor) !== exact) {
    return `a bet returns ${bet.potentialReturnsMinor}, where ${exact} is right`;
  }
  return priceChange === "none" || priceChange === "higher" || priceChange === "any"
    ? null
    : "a bet was placed under an unknown agreement on its price";
}

/** Whatever holds first of these is the answer, of two legs' the first. */
function refusedFlaw({ refusal, legs, stakeMinor, priceChange }: BetRefused, moment: Moment) {
  const available = moment.account.balanceMinor - moment.account.heldMinor;
  const reasons: readonly (readonly [Refusal["kind"], boolean])[] = [
    ["selection_unknown", legs.some((leg) => !priceNow(leg, moment))],
    ["market_closed", legs.some((leg) => statusOf(leg, moment) === "closed")],
    ["market_suspended", legs.some((leg) => statusOf(leg, moment) === "suspended")],
    [
      "stake_out_of_range",
      stakeMinor < moment.minStakeMinor || stakeMinor > moment.maxStakeMinor,
    ],
    ["price_changed", legs.some((leg) => moved(leg, priceChange, moment))],
    ["insufficient_funds", stakeMinor > available],
  ];
  const [right] = reasons.find(([, holds]) => holds) ?? ["no refusal"];
  if (right !== refusal.kind) return `a bet was refused with ${refusal.kind}; ${right} is right`;
  if (refusal.kind === "insufficient_funds" && refusal.availableMinor !== available) {
    return `a refusal says that ${refusal.availableMinor} are available, not ${available}`;
  }
  return null;
}

function priceNow(leg: QuotedLeg, { markets }: Moment): Price | null {
  const selections = markets.get(leg.marketId)?.selections ?? [];
  return selections.find(({ id }) => id === leg.selectionId)?.price ?? null;
}

function statusOf(leg: QuotedLeg, { markets }: Moment): string | null {
  return markets.get(leg.marketId)?.status ?? null;
}

function moved(leg: QuotedLeg, priceChange: BetRefused["priceChange"], moment: Moment): boolean {
  const now = priceNow(leg, moment);
  if (!now || statusOf(leg, moment) !== "open" || priceChange === "any") return false;
  const difference = BigInt(now.num) * BigInt(leg.price.den) -
    BigInt(leg.price.num) * BigInt(now.den);
  return priceChange === "none" ? difference !== 0n : difference < 0n;
}

function equal(a: Price, b: Price): boolean {
  return a.num === b.num && a.den === b.den;
}

/** Stake times every price, rounded down once. */
function exactReturns(stakeMinor: number, prices: readonly Price[]): bigint {
  const num = prices.reduce((product, price) => product * BigInt(price.num), BigInt(stakeMinor));
  return num / prices.reduce((product, price) => product * BigInt(price.den), 1n);
}

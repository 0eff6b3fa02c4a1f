import { assertAmountMinor } from "./money.ts";
import type { Posting } from "./postings.ts";

/**
 * How a stake leaves the risk: what it returns goes to the player's cash, and the house has the rest or
 * pays what is missing. They sum to zero; accounts that nothing moves in are left out. The same for a bet
 * that is settled (its whole stake), a refund, and a cash-out (the stake cashed out, and the offer).
 */
export function settlementPostings(
  settled: { readonly stakeMinor: number; readonly returnsMinor: number },
): readonly Posting[] {
  const stakeMinor = assertAmountMinor(settled.stakeMinor);
  const returnsMinor = assertAmountMinor(settled.returnsMinor);
  const postings: readonly Posting[] = [
    { account: "player_at_risk", amountMinor: -stakeMinor },
    { account: "player_cash", amountMinor: returnsMinor },
    { account: "house", amountMinor: stakeMinor - returnsMinor },
  ];
  return postings.filter(({ amountMinor }) => amountMinor !== 0);
}

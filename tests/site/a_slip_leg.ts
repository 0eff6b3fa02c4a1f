import type { HeldStake } from "../../lib/site/reply_body.ts";
import type { SlipLeg } from "../../lib/site/slip.ts";

/** A leg for tests: Harbour Town at 2.50, with whatever a test wants to be different. */
export function aSlipLeg(changes: Partial<SlipLeg> = {}): SlipLeg {
  return {
    marketId: "m1",
    selectionId: "s1",
    selectionName: "Harbour Town",
    marketName: "Match result",
    eventName: "Harbour Town v Northgate",
    price: { num: 5, den: 2 },
    stakeText: "",
    ...changes,
  };
}

/** A hold for tests: £5.00 at 2.50, authorised at 0 for 30 seconds. */
export function aHeldStake(changes: Partial<HeldStake> = {}): HeldStake {
  return {
    id: "hold_0123456789abcdef_3",
    status: "pending",
    price: { num: 5, den: 2 },
    amountMinor: 500,
    potentialReturnsMinor: 1_250,
    authorisedAtMs: 0,
    expiresAtMs: 30_000,
    ...changes,
  };
}

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

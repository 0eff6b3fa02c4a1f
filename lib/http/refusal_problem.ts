import type { Currency } from "../domain/money.ts";
import { displayPrice } from "../domain/price_display.ts";
import type { Refusal } from "../domain/refusals.ts";
import { amountInWords } from "./amount_in_words.ts";
import { holdProblem } from "./hold_problem.ts";
import type { Problem } from "./problem.ts";

/** Every account is kept in pounds today. */
const CURRENCY: Currency = "GBP";

/**
 * What a refused bet or hold is told. It depends on the refusal alone, so that a repeated request gets the same
 * bytes again.
 */
export function refusalProblem(refusal: Refusal): Problem {
  switch (refusal.kind) {
    case "selection_unknown":
      return {
        slug: "not-found",
        detail: "We do not offer that selection, so the bet was not taken. Nothing was charged. " +
          "Choose one from the current events.",
        members: {
          errors: [{
            pointer: `/legs/${refusal.leg}/selectionId`,
            detail: "There is no such selection in that market.",
          }],
        },
      };
    case "market_closed":
      return {
        slug: "market-closed",
        detail: "The market had closed before we could take your bet. Nothing was charged. " +
          "It will not open again.",
      };
    case "market_suspended":
      return {
        slug: "market-suspended",
        detail: "The market is suspended, so we could not take your bet. Nothing was charged. " +
          "It may open again: try again then.",
      };
    case "stake_out_of_range": {
      const { minStakeMinor, maxStakeMinor } = refusal;
      return {
        slug: "stake-out-of-range",
        detail: `A stake can be from ${amountInWords(minStakeMinor, CURRENCY)} to ${
          amountInWords(maxStakeMinor, CURRENCY)
        }. Nothing was charged. Change the stake and place the bet again.`,
        members: { minStakeMinor, maxStakeMinor },
      };
    }
    case "price_changed": {
      const quoted = displayPrice(refusal.quotedPrice).fractional;
      const currentPriceDisplay = displayPrice(refusal.currentPrice);
      const current = currentPriceDisplay.fractional;
      return {
        slug: "price-changed",
        detail: `The price moved from ${quoted} to ${current} before we could take your bet. ` +
          `Nothing was charged. Take ${current}, or leave it?`,
        members: {
          quotedPrice: refusal.quotedPrice,
          currentPrice: refusal.currentPrice,
          currentPriceDisplay,
        },
      };
    }
    case "insufficient_funds": {
      const { availableMinor } = refusal;
      return {
        slug: "insufficient-funds",
        detail:
          `You have ${amountInWords(availableMinor, CURRENCY)} available, which is less than ` +
          "the stake. Nothing was charged. Lower the stake and place the bet again.",
        members: { availableMinor },
      };
    }
    case "liability_cap":
      return liabilityProblem(refusal.maxStakeMinor);
    case "hold_unknown":
    case "hold_expired":
    case "hold_not_pending":
    case "hold_active":
      return holdProblem(refusal);
  }
}

/** The re-offer is exact: that stake would have been accepted, and no larger one. */
function liabilityProblem(maxStakeMinor: number): Problem {
  const most = amountInWords(maxStakeMinor, CURRENCY);
  return {
    slug: "liability-cap",
    detail: maxStakeMinor > 0
      ? `The most we can take from you on this selection now is ${most}. Nothing was charged. ` +
        `Stake ${most} instead, or leave it?`
      : "We cannot take any more on this selection now. Nothing was charged. Choose another " +
        "selection, or try again later.",
    members: { maxStakeMinor },
  };
}

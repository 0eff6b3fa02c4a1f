// Pure: what the slip says about a stake that is held. Imports the domain only.
import type { HoldStatus } from "../domain/hold.ts";
import type { Attempt } from "./attempt.ts";
import { moneyText } from "./money_text.ts";
import type { Notice } from "./notice.ts";
import { type PriceFormat, priceText } from "./price_text.ts";
import type { HeldStake } from "./reply_body.ts";

/** The time that is left, in whole seconds that have begun: "27 seconds". Never below nothing. */
export function secondsText(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1_000));
  return seconds === 1 ? "1 second" : `${seconds} seconds`;
}

/** What is held: "£5.00 on Harbour Town, to return £16.25." */
export function heldWords({ leg }: Attempt, hold: HeldStake): string {
  const stake = moneyText(hold.amountMinor, "GBP");
  const returns = moneyText(hold.potentialReturnsMinor, "GBP");
  return `${stake} on ${leg.selectionName}, to return ${returns}.`;
}

/** The news that a stake is held. It is said once; the seconds that are left are shown beside it. */
export function heldNotice(attempt: Attempt, hold: HeldStake, format: PriceFormat): Notice {
  return {
    tone: "open",
    title: `Held at ${priceText(hold.price, format)} for you.`,
    details: `${heldWords(attempt, hold)} Confirm the bet in time, or leave it.`,
  };
}

/** The news that a hold can no longer be confirmed. */
export function overNotice(status: Exclude<HoldStatus, "pending">): Notice {
  switch (status) {
    case "expired":
      return {
        tone: "open",
        title: "The hold ran out before you confirmed.",
        details: "Nothing was charged. Ask again, or leave it?",
      };
    case "voided":
      return {
        tone: "open",
        title: "The hold was given up.",
        details: "Nothing was charged. Ask again, or leave it?",
      };
    case "posted":
      return {
        tone: "good",
        title: "This bet was confirmed already.",
        details: "It was placed once, and stands among My bets.",
      };
  }
}

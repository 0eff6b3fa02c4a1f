// Pure: what the site says about an attempt. Imports the domain only.
import type { Attempt, Deed } from "./attempt.ts";
import { heldNotice, overNotice } from "./hold_text.ts";
import { moneyText } from "./money_text.ts";
import type { Notice } from "./notice.ts";
import type { Ending, Progress } from "./placing.ts";
import { type PriceFormat, priceText } from "./price_text.ts";
import type { RefusalSaid } from "./reply_body.ts";

/** The words while an attempt is under way. */
export function progressNotice({ does }: Pick<Attempt, "does">, progress: Progress): Notice {
  if (progress === "checking") {
    return { tone: "open", title: "Connection lost.", ...CHECKING[does] };
  }
  return { tone: "open", title: DOING[does], details: "" };
}

const DOING: { readonly [does in Deed]: string } = {
  place: "Placing bet…",
  hold: "Holding your stake…",
  confirm: "Confirming bet…",
  void: "Giving the hold up…",
};

const CHECKING: { readonly [does in Deed]: { readonly details: string } } = {
  place: { details: "Checking whether your bet was placed…" },
  hold: { details: "Checking whether your stake is held…" },
  confirm: { details: "Checking whether your bet was placed…" },
  void: { details: "Checking whether the hold was given up…" },
};

/** The words for how an attempt ended: what happened, what it means for their money, what to do. */
export function endingNotice(attempt: Attempt, ending: Ending, format: PriceFormat): Notice {
  switch (ending.kind) {
    case "placed":
      return {
        tone: "good",
        title: "Bet accepted.",
        details: acceptedDetails(attempt, ending, format),
      };
    case "refused":
      return refusalNotice(attempt, ending.refusal, format);
    case "held":
      return heldNotice(attempt, ending.hold, format);
    case "over":
      return overNotice(ending.status);
    case "not_placed":
      return ending.because === "busy"
        ? open(
          "We are very busy.",
          "Your bet was not placed and nothing was charged. Try again: it cannot be placed twice.",
        )
        : open(
          "Your bet was not placed.",
          "It never reached us, and nothing was charged. Try again: it cannot be placed twice.",
        );
    case "unresolved":
      return open(
        "We still cannot reach Holdfast.",
        attempt.does === "hold"
          ? "No bet was placed, but your stake may be held for a few seconds. Check again when you " +
            "are connected."
          : "We do not know yet whether your bet was placed. Check again when you are connected: " +
            "it is placed once or not at all.",
      );
    case "signed_out":
      return bad(
        "Your session has ended.",
        ending.sent === "no"
          ? `This bet was not taken. ${NOTHING} Reload the page to go on.`
          : "Sign in to the same account again, and we find out whether this bet was placed.",
      );
  }
}

function acceptedDetails(
  attempt: Attempt,
  ending: Extract<Ending, { kind: "placed" }>,
  format: PriceFormat,
): string {
  const { bet } = ending;
  const stake = moneyText(bet.stakeMinor, "GBP");
  const price = priceText(bet.legs[0]?.price ?? attempt.leg.price, format);
  const returns = moneyText(bet.potentialReturnsMinor, "GBP");
  const { selectionName, eventName } = attempt.leg;
  return `${stake} on ${selectionName} at ${price} (${eventName}), to return ${returns}.`;
}

function refusalNotice(attempt: Attempt, refusal: RefusalSaid, format: PriceFormat): Notice {
  const { leg, stakeMinor } = attempt;
  const stake = moneyText(stakeMinor, "GBP");
  switch (refusal.slug) {
    case "price-changed":
      return open("The price moved.", priceMoved(attempt, refusal, format));
    case "insufficient-funds":
      return bad(
        "Not enough money.",
        (refusal.availableMinor === null
          ? `You have less than ${stake} available. `
          : `You have ${
            moneyText(refusal.availableMinor, "GBP")
          } available, and the stake is ${stake}. `) +
          "Nothing was charged. Lower the stake to go on.",
      );
    case "market-suspended":
      return open(
        "Betting is suspended.",
        `${leg.marketName} is not taking bets just now. Nothing was charged. Try again when it is open.`,
      );
    case "liability-cap":
      return capNotice(attempt, refusal);
    case "hold-active":
      return open(
        "Another stake is held for you.",
        `There can be one at a time. ${NOTHING} Confirm that one or leave it, and ask again.`,
      );
    case "hold-expired":
      return overNotice("expired");
    case "hold-not-pending":
      return overNotice(refusal.holdStatus ?? "voided");
    case "market-closed":
      return bad(
        "Betting has closed.",
        `${leg.marketName} takes no more bets. Nothing was charged. Choose another market.`,
      );
    case "stake-out-of-range":
      return bad(
        "We cannot take this stake.",
        (refusal.maxStakeMinor === null
          ? `${stake} is outside the limits. `
          : `The most on one bet is ${moneyText(refusal.maxStakeMinor, "GBP")}. `) +
          "Nothing was charged. Change the stake to go on.",
      );
    default:
      return bad("Bet not taken.", withNothingCharged(refusal.detail));
  }
}

const NOTHING = "Nothing was charged.";

function withNothingCharged(detail: string): string {
  return detail.includes(NOTHING)
    ? detail
    : `${detail || "We could not take this bet."} ${NOTHING}`;
}

function priceMoved(attempt: Attempt, refusal: RefusalSaid, format: PriceFormat): string {
  const before = priceText(attempt.leg.price, format);
  if (!refusal.currentPrice) return `It is no longer ${before}. ${NOTHING}`;
  const now = priceText(refusal.currentPrice, format);
  return `It went from ${before} to ${now} before we could take your bet. ${NOTHING} ` +
    `Take ${now}, or leave it?`;
}

function capNotice({ leg }: Attempt, { maxStakeMinor }: RefusalSaid): Notice {
  if (!maxStakeMinor) {
    return bad(
      "We can take no more on this.",
      `The book is full on ${leg.selectionName} now. ${NOTHING} Choose another selection, or ` +
        "try again later.",
    );
  }
  const most = moneyText(maxStakeMinor, "GBP");
  return open(
    "That is more than we can take.",
    `The most on ${leg.selectionName} now is ${most}. ${NOTHING} Stake ${most} instead, or leave it?`,
  );
}

function open(title: string, details: string): Notice {
  return { tone: "open", title, details };
}

function bad(title: string, details: string): Notice {
  return { tone: "bad", title, details };
}

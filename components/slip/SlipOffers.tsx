import type { ComponentChildren } from "preact";
import { askAgain, confirmHold, reviewPrice, reviewStake } from "../../lib/browser/hold_actions.ts";
import { checkAgain, dropLeg, leaveAttempt, tryAgain } from "../../lib/browser/slip_actions.ts";
import {
  offeredPrice,
  offeredStake,
  type Phase,
  phases,
  refusedAs,
} from "../../lib/browser/slip_state.ts";
import { moneyText } from "../../lib/site/money_text.ts";
import { type PriceFormat, priceText } from "../../lib/site/price_text.ts";
import { Choice, type ChoiceProps } from "./Choice.tsx";
import { HoldReview } from "./HoldReview.tsx";

/** What the customer can do about each attempt that was not accepted; it stands under the words about them. */
export function SlipOffers({ format }: { readonly format: PriceFormat }) {
  const offers = [...phases.value].flatMap(([key, phase]) => {
    const choices = choicesFor(key, phase, format);
    return choices ? [{ key, name: phase.attempt.leg.selectionName, choices }] : [];
  });
  return (
    <>
      {offers.map(({ key, name, choices }) => (
        <div class="choices" role="group" aria-label={name} key={key}>
          {offers.length > 1 && <p>{name}</p>}
          {choices}
        </div>
      ))}
    </>
  );
}

function choicesFor(key: string, phase: Phase, format: PriceFormat): ComponentChildren {
  if (phase.kind !== "ended") return null;
  const { attempt, ending } = phase;
  switch (ending.kind) {
    case "held":
      return <HoldReview {...ending} attempt={attempt} format={format} />;
    case "refused":
    case "over": {
      const offer = offerAfter(key, phase, format);
      return offer && <OrLeave offer={offer} leave={() => dropLeg(key)} />;
    }
    case "not_placed":
      return (
        <OrLeave
          offer={{ does: () => tryAgain(attempt), words: "Try again" }}
          leave={() => leaveAttempt(attempt)}
        />
      );
    case "unresolved":
    case "signed_out":
      return <Choice does={() => checkAgain(attempt)} words="Check again" main />;
    case "placed":
      return null;
  }
}

/** What a refusal, or a hold that is over, leaves to be asked for; null for nothing. */
function offerAfter(key: string, phase: Phase, format: PriceFormat): ChoiceProps | null {
  const price = offeredPrice(phase);
  if (price) {
    return { does: () => reviewPrice(key, price), words: `Take ${priceText(price, format)}` };
  }
  const stakeMinor = offeredStake(phase);
  if (stakeMinor !== null) {
    const words = `Stake ${moneyText(stakeMinor, "GBP")} instead`;
    return { does: () => reviewStake(key, stakeMinor), words };
  }
  const { does, holdId } = phase.attempt;
  if (does === "confirm" && holdId !== null && refusedAs(phase) === "market-suspended") {
    return { does: () => confirmHold(phase.attempt, holdId), words: "Try again" };
  }
  return canAskAgain(phase) ? { does: () => askAgain(key), words: "Ask again" } : null;
}

/** Whether the stake could be held anew: another hold was in the way, or this one came to nothing. */
function canAskAgain(phase: Phase): boolean {
  if (phase.kind !== "ended") return false;
  const { ending } = phase;
  if (ending.kind === "over") return ending.status !== "posted";
  if (ending.kind !== "refused") return false;
  const { slug, holdStatus } = ending.refusal;
  return slug === "hold-active" || slug === "hold-expired" || holdStatus === "voided";
}

function OrLeave(
  { offer, leave }: { readonly offer: ChoiceProps; readonly leave: () => void },
) {
  return (
    <>
      <Choice {...offer} main />
      <Choice does={leave} words="Leave it" />
    </>
  );
}

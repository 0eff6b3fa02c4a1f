import type { ComponentChildren } from "preact";
import {
  checkAgain,
  dropLeg,
  leaveAttempt,
  takePrice,
  tryAgain,
  working,
} from "../../lib/browser/slip_actions.ts";
import { offeredPrice, type Phase } from "../../lib/browser/slip_state.ts";
import { type PriceFormat, priceText } from "../../lib/site/price_text.ts";
import { legKey, type SlipLeg } from "../../lib/site/slip.ts";

/** A leg and where its attempt stands. */
export interface LegOfferProps {
  readonly leg: SlipLeg;
  readonly phase: Phase | undefined;
  readonly format: PriceFormat;
}

/** What the customer can do about an attempt that was not accepted; nothing for the others. */
export function LegOffer({ leg, phase, format }: LegOfferProps) {
  if (phase?.kind !== "ended") return null;
  const { attempt, ending } = phase;
  const price = offeredPrice(phase);
  if (price) {
    return (
      <Choices>
        <Choice
          does={() => takePrice(leg, price)}
          words={`Take ${priceText(price, format)}`}
          main
        />
        <Choice does={() => dropLeg(legKey(leg))} words="Leave it" />
      </Choices>
    );
  }
  switch (ending.kind) {
    case "not_placed":
      return (
        <Choices>
          <Choice does={() => tryAgain(attempt)} words="Try again" main />
          <Choice does={() => leaveAttempt(attempt)} words="Leave it" />
        </Choices>
      );
    case "unresolved":
    case "signed_out":
      return (
        <Choices>
          <Choice does={() => checkAgain(attempt)} words="Check again" main />
        </Choices>
      );
    default:
      return null;
  }
}

function Choices({ children }: { readonly children: ComponentChildren }) {
  return <div class="choices">{children}</div>;
}

function Choice(
  { does, words, main = false }: {
    readonly does: () => void;
    readonly words: string;
    readonly main?: boolean;
  },
) {
  return (
    <button
      type="button"
      class={main ? "button" : "button button--quiet"}
      disabled={working.value}
      onClick={does}
    >
      {words}
    </button>
  );
}

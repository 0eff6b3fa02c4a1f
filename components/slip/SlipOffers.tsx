import type { ComponentChildren } from "preact";
import {
  checkAgain,
  dropLeg,
  leaveAttempt,
  takePrice,
  tryAgain,
  working,
} from "../../lib/browser/slip_actions.ts";
import { offeredPrice, type Phase, phases } from "../../lib/browser/slip_state.ts";
import { type PriceFormat, priceText } from "../../lib/site/price_text.ts";
import { legKey } from "../../lib/site/slip.ts";

/** What the customer can do about each attempt that was not accepted; it stands under the words about them. */
export function SlipOffers({ format }: { readonly format: PriceFormat }) {
  const offers = [...phases.value].flatMap(([key, phase]) => {
    const choices = choicesFor(phase, format);
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

function choicesFor(phase: Phase, format: PriceFormat): ComponentChildren {
  if (phase.kind !== "ended") return null;
  const { attempt, ending } = phase;
  const key = legKey(attempt.leg);
  const price = offeredPrice(phase);
  if (price) {
    return (
      <>
        <Choice
          does={() => takePrice(key, price)}
          words={`Take ${priceText(price, format)}`}
          main
        />
        <Choice does={() => dropLeg(key)} words="Leave it" />
      </>
    );
  }
  switch (ending.kind) {
    case "not_placed":
      return (
        <>
          <Choice does={() => tryAgain(attempt)} words="Try again" main />
          <Choice does={() => leaveAttempt(attempt)} words="Leave it" />
        </>
      );
    case "unresolved":
    case "signed_out":
      return <Choice does={() => checkAgain(attempt)} words="Check again" main />;
    default:
      return null;
  }
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
      aria-disabled={working.value ? true : undefined}
      onClick={does}
    >
      {words}
    </button>
  );
}

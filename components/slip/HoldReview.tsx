import { confirmHold } from "../../lib/browser/hold_actions.ts";
import { clockMs } from "../../lib/browser/hold_clock.ts";
import { dropLeg } from "../../lib/browser/slip_actions.ts";
import type { Attempt } from "../../lib/site/attempt.ts";
import { heldWords, secondsText } from "../../lib/site/hold_text.ts";
import { moneyText } from "../../lib/site/money_text.ts";
import { type PriceFormat, priceText } from "../../lib/site/price_text.ts";
import type { HeldStake } from "../../lib/site/reply_body.ts";
import { legKey } from "../../lib/site/slip.ts";
import { Choice } from "./Choice.tsx";

/** A stake that is held, and until when this browser shows it so. */
export interface HoldReviewProps {
  readonly attempt: Attempt;
  readonly hold: HeldStake;
  readonly untilMs: number;
  readonly format: PriceFormat;
}

/** A held stake to look over: its price, the seconds that are left as text and as a line, and the choice. */
export function HoldReview({ attempt, hold, untilMs, format }: HoldReviewProps) {
  const leftMs = Math.max(0, untilMs - clockMs.value);
  return (
    <>
      <div class="hold">
        <p class="hold-until">
          Held at {priceText(hold.price, format)} for you: confirm within{" "}
          <span class="hold-seconds" role="timer">{secondsText(leftMs)}</span>
        </p>
        <p>{heldWords(attempt, hold)}</p>
        <progress
          class="hold-line"
          max={hold.expiresAtMs - hold.authorisedAtMs}
          value={leftMs}
          aria-hidden="true"
        />
      </div>
      <Choice
        does={() => confirmHold(attempt, hold.id)}
        words={`Confirm bet · ${moneyText(hold.amountMinor, "GBP")}`}
        main
      />
      <Choice does={() => dropLeg(legKey(attempt.leg))} words="Leave it" />
    </>
  );
}

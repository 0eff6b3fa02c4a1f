import { type Phase, phases } from "../../lib/browser/slip_state.ts";
import { endingNotice, progressNotice } from "../../lib/site/ending_text.ts";
import type { Notice } from "../../lib/site/notice.ts";
import type { PriceFormat } from "../../lib/site/price_text.ts";

/** What became of the bets, announced politely: it is always there, so that a change in it is heard. */
export function SlipStatus({ format }: { readonly format: PriceFormat }) {
  const all = [...phases.value];
  return (
    <div class="slip-status" role="status">
      {all.map(([key, phase]) => {
        const { tone, title, details } = noticeOf(phase, format);
        return (
          <p class={isHeld(phase) ? "visually-hidden" : `notice notice--${tone}`} key={key}>
            {all.length > 1 && tone !== "good" && `${phase.attempt.leg.selectionName}: `}
            <strong>{title}</strong> {details}
            {phase.kind === "ended" && phase.ending.kind === "placed" && (
              <>
                {" "}
                <a href={`/bets/${phase.ending.bet.id}`}>See the receipt</a>
              </>
            )}
          </p>
        );
      })}
    </div>
  );
}

/** A hold is seen below with its seconds, which nobody wants read out one by one; here it is heard. */
function isHeld(phase: Phase): boolean {
  return phase.kind === "ended" && phase.ending.kind === "held";
}

function noticeOf(phase: Phase, format: PriceFormat): Notice {
  return phase.kind === "working"
    ? progressNotice(phase.attempt, phase.progress)
    : endingNotice(phase.attempt, phase.ending, format);
}

import { working } from "../../lib/browser/attempts.ts";
import { placeSlip, placing } from "../../lib/browser/slip_actions.ts";
import { isFinal, offeredPrice, phases, slip } from "../../lib/browser/slip_state.ts";
import { placeButtonState } from "../../lib/site/place_button.ts";
import { legKey } from "../../lib/site/slip.ts";
import { readStake } from "../../lib/site/stake_text.ts";

/** The button that places the slip. It stays focusable when it is off, and says why it is. */
export function PlaceBet({ whyNot }: { readonly whyNot: string | null }) {
  const legs = slip.value.legs.map((leg) => ({
    stake: readStake(leg.stakeText),
    undecided: isUndecided(legKey(leg)),
  }));
  const { label, reason } = placeButtonState(legs, {
    mayBet: whyNot === null,
    whyNot: whyNot ?? "",
  });
  const busy = working.value;
  const off = busy || reason !== null;
  return (
    <>
      <button
        type="button"
        class="button button--place"
        aria-disabled={off ? true : undefined}
        aria-describedby={reason && !busy ? "place-reason" : undefined}
        onClick={() => {
          if (!off) placeSlip();
        }}
      >
        {busy && placing.value ? "Placing bet…" : label}
      </button>
      <p class="place-reason" id="place-reason">{busy ? "" : reason}</p>
    </>
  );
}

/** Whether an earlier try of the leg must be settled first: its fate is open, or a new price was offered. */
function isUndecided(key: string): boolean {
  const phase = phases.value.get(key);
  return phase !== undefined && (!isFinal(phase) || offeredPrice(phase) !== null);
}

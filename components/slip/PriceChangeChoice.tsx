import { changeSlip, slip } from "../../lib/browser/slip_state.ts";
import { working } from "../../lib/browser/attempts.ts";
import type { PriceChange } from "../../lib/domain/bet.ts";
import { PRICE_CHANGES } from "../../lib/site/slip.ts";

const WORDS: { readonly [choice in PriceChange]: string } = {
  none: "Ask me first",
  higher: "Take a better price",
  any: "Take any price",
};

/** What may happen when a price moves before the bet is taken; remembered with the slip. */
export function PriceChangeChoice() {
  const chosen = slip.value.priceChange;
  return (
    <fieldset class="price-change" disabled={working.value}>
      <legend>If the price changes</legend>
      {PRICE_CHANGES.map((choice) => (
        <label class="choice" key={choice}>
          <input
            type="radio"
            name="price-change"
            value={choice}
            checked={chosen === choice}
            onChange={() => changeSlip((before) => ({ ...before, priceChange: choice }))}
          />
          {WORDS[choice]}
        </label>
      ))}
    </fieldset>
  );
}

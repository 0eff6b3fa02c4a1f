import { working } from "../../lib/browser/attempts.ts";
import { dropLeg, typeStake } from "../../lib/browser/slip_actions.ts";
import { isFinal, mayHold, phases } from "../../lib/browser/slip_state.ts";
import { moneyText } from "../../lib/site/money_text.ts";
import { type PriceFormat, priceText } from "../../lib/site/price_text.ts";
import { legKey, legReturnsMinor, type SlipLeg } from "../../lib/site/slip.ts";
import { readStake } from "../../lib/site/stake_text.ts";
import { Icon } from "../Icon.tsx";
import { StakeField } from "./StakeField.tsx";

/** A leg of the slip; `alone` when it is the only one. */
export interface SlipLegCardProps {
  readonly leg: SlipLeg;
  readonly alone: boolean;
  readonly format: PriceFormat;
}

/** One selection on the slip: what it is, the stake on it, what it would return, and what is open. */
export function SlipLegCard({ leg, alone, format }: SlipLegCardProps) {
  const key = legKey(leg);
  const phase = phases.value.get(key);
  const locked = working.value || (phase !== undefined && !isFinal(phase));
  const removable = !locked || (!working.value && phase !== undefined && mayHold(phase));
  const stake = readStake(leg.stakeText);
  const returns = stake.kind === "amount" ? legReturnsMinor(leg.price, stake.stakeMinor) : null;
  return (
    <li class="leg">
      <div class="leg-head">
        <p class="leg-selection">
          {leg.selectionName} <span class="leg-price">{priceText(leg.price, format)}</span>
        </p>
        <p class="leg-market">{leg.marketName}</p>
        <p class="leg-market">{leg.eventName}</p>
        {removable && (
          <button type="button" class="leg-remove" onClick={() => dropLeg(key)}>
            <Icon name="close" />
            <span class="visually-hidden">Remove {leg.selectionName}</span>
          </button>
        )}
      </div>
      <StakeField
        id={`stake-${key}`}
        label={alone ? "Stake" : `Stake on ${leg.selectionName}`}
        text={leg.stakeText}
        problem={stake.kind === "unreadable" ? stake.words : null}
        locked={locked}
        onType={(text) => typeStake(key, text)}
      />
      <p class="leg-returns">
        <span>Returns</span>{" "}
        <span class="amount">{returns === null ? "£–" : moneyText(returns, "GBP")}</span>
      </p>
    </li>
  );
}

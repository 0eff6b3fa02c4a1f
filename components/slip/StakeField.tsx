import { stakeAfterStep } from "../../lib/site/stake_text.ts";

/** A stake as it is being typed. */
export interface StakeFieldProps {
  readonly id: string;
  readonly label: string;
  readonly text: string;
  /** What is wrong with the text; null when nothing is. */
  readonly problem: string | null;
  /** Whether it must stay as it is, because a request with it is out. */
  readonly locked: boolean;
  readonly onType: (text: string) => void;
}

const STEPS_MINOR = [100, 500, 1_000] as const;

/** The stake field with its currency, its step buttons and, beside it, what is wrong with it. */
export function StakeField({ id, label, text, problem, locked, onType }: StakeFieldProps) {
  return (
    <div class="stake">
      <label for={id}>{label}</label>
      <div class="stake-row">
        <span class={problem ? "stake-box stake-box--wrong" : "stake-box"}>
          <span class="stake-currency" aria-hidden="true">£</span>
          <input
            id={id}
            type="text"
            inputMode="decimal"
            autocomplete="off"
            placeholder="0.00"
            maxLength={24}
            value={text}
            readOnly={locked}
            aria-invalid={problem ? true : undefined}
            aria-describedby={problem ? `${id}-problem` : undefined}
            onInput={(event) => onType(event.currentTarget.value)}
          />
        </span>
        {STEPS_MINOR.map((stepMinor) => (
          <button
            type="button"
            class="step"
            key={stepMinor}
            disabled={locked}
            onClick={() => onType(stakeAfterStep(text, stepMinor))}
          >
            +£{stepMinor / 100} <span class="visually-hidden">on the stake</span>
          </button>
        ))}
      </div>
      {problem && <p class="field-problem" id={`${id}-problem`}>{problem}</p>}
    </div>
  );
}

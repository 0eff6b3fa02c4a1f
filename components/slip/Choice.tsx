import { working } from "../../lib/browser/attempts.ts";

/** Something the customer can do about an attempt; `main` is what most will want. */
export interface ChoiceProps {
  readonly does: () => void;
  readonly words: string;
  readonly main?: boolean;
}

/** A button for one choice; it is off while something is under way. */
export function Choice({ does, words, main = false }: ChoiceProps) {
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

import { useSignal } from "@preact/signals";

/** A text to copy, and what to call it. */
export interface CopyButtonProps {
  readonly text: string;
  readonly what: string;
}

const WORDS = { ready: "Copy", copied: "Copied", failed: "Select and copy it" } as const;

/** Copies a text to the clipboard, and says whether that worked. */
export default function CopyButton({ text, what }: CopyButtonProps) {
  const state = useSignal<keyof typeof WORDS>("ready");
  return (
    <button type="button" class="copy" onClick={copy}>
      <span aria-live="polite">{WORDS[state.value]}</span>
      <span class="visually-hidden">the {what}</span>
    </button>
  );

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      state.value = "copied";
    } catch {
      state.value = "failed";
    }
  }
}

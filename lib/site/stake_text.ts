// Pure: how the site reads a stake somebody typed. Imports the domain only.
import { MAX_AMOUNT_MINOR } from "../domain/money.ts";
import { amountFieldText } from "./money_text.ts";
import { readPounds, withoutSign } from "./pounds.ts";

/** What a stake field holds: nothing yet, an amount, or something to be put right, said in words. */
export type StakeReading =
  | { readonly kind: "empty" }
  | { readonly kind: "amount"; readonly stakeMinor: number }
  | { readonly kind: "unreadable"; readonly words: string };

/** Reads a stake in pounds and pence; surrounding spaces and a pound sign are welcome. */
export function readStake(typed: string): StakeReading {
  const text = withoutSign(typed);
  if (text === "") return { kind: "empty" };
  const stakeMinor = readPounds(text);
  if (stakeMinor === null) return { kind: "unreadable", words: advice(text) };
  if (stakeMinor === 0) return { kind: "unreadable", words: "Enter a stake of at least £0.01." };
  if (!(stakeMinor <= MAX_AMOUNT_MINOR)) {
    return { kind: "unreadable", words: "That is more than any bet can be." };
  }
  return { kind: "amount", stakeMinor };
}

/** The field's text after a step button: the amount added to what can be read there, else alone. */
export function stakeAfterStep(typed: string, stepMinor: number): string {
  const reading = readStake(typed);
  const before = reading.kind === "amount" ? reading.stakeMinor : 0;
  return amountFieldText(Math.min(before + stepMinor, MAX_AMOUNT_MINOR));
}

function advice(text: string): string {
  if (/^[-−]/.test(text)) return "Enter a stake above zero.";
  if (/^\d+,\d{1,2}$/.test(text)) return "Use a point for the pence, like 5.00.";
  if (/^[\d,]*\.\d{3,}$/.test(text)) return "Pence have two digits, like 5.25.";
  return "Enter an amount in pounds, like 5.00.";
}

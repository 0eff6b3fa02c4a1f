// Pure: how the site reads amounts somebody typed. Imports nothing.

const AMOUNT = /^(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d{0,2}))?$|^\.(\d{1,2})$/;

/** More digits than any amount has; longer text is not read at all. */
const MOST_LETTERS = 24;

/**
 * Pounds and pence ("5", "5.5", "£1,250.00") as whole minor units, exactly: the digits are joined and
 * never go through a fraction. Null when it is not an amount; it may be larger than any amount is.
 */
export function readPounds(typed: string): number | null {
  const text = withoutSign(typed);
  const match = text.length <= MOST_LETTERS ? AMOUNT.exec(text) : null;
  if (!match) return null;
  const [, whole = "0", pence = match[3] ?? ""] = match;
  return Number(whole.replaceAll(",", "") + pence.padEnd(2, "0"));
}

/** What was typed, without the spaces around it and the pound sign before it. */
export function withoutSign(typed: string): string {
  return typed.trim().replace(/^£\s*/, "");
}

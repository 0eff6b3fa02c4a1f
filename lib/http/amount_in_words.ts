import type { Currency } from "../domain/money.ts";

const SYMBOLS: Record<Currency, string> = { GBP: "£" };

/** An amount as people read it: "£1,234.50". Exact, because it is cut from the whole number's digits. */
export function amountInWords(amountMinor: number, currency: Currency): string {
  const sign = amountMinor < 0 ? "-" : "";
  const digits = String(Math.abs(amountMinor)).padStart(3, "0");
  const whole = digits.slice(0, -2).replace(/\B(?=(?:\d{3})+$)/g, ",");
  return `${sign}${SYMBOLS[currency]}${whole}.${digits.slice(-2)}`;
}

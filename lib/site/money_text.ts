// Pure: how the site writes amounts. Imports the domain only.
import type { Currency } from "../domain/money.ts";

const SIGNS: { readonly [currency in Currency]: string } = { GBP: "£" };

/**
 * An amount with its currency, grouped in thousands: "£1,250.00", "−£5.00". Takes minor units, whole
 * and safe; works on their digits, so that no fraction is ever a floating point number.
 */
export function moneyText(amountMinor: number, currency: Currency): string {
  const sign = amountMinor < 0 ? "−" : "";
  return `${sign}${SIGNS[currency]}${grouped(amountMinor)}`;
}

/** A movement of money, with its direction always written: "+£1,000.00", "−£5.00". */
export function movementText(amountMinor: number, currency: Currency): string {
  return amountMinor > 0
    ? `+${moneyText(amountMinor, currency)}`
    : moneyText(amountMinor, currency);
}

/** An amount as it is typed into a field: "1250.00". */
export function amountFieldText(amountMinor: number): string {
  const digits = String(Math.abs(amountMinor)).padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function grouped(amountMinor: number): string {
  const [whole = "", pence = ""] = amountFieldText(amountMinor).split(".");
  return `${whole.replace(/\B(?=(?:\d{3})+$)/g, ",")}.${pence}`;
}

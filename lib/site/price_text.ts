// Pure: how the site writes prices. Imports the domain only.
import type { Price } from "../domain/price.ts";
import { displayPrice } from "../domain/price_display.ts";

/** The notations a customer can choose from, the default first. */
export const PRICE_FORMATS = ["decimal", "fractional", "american"] as const;

/** One of the {@link PRICE_FORMATS}. */
export type PriceFormat = typeof PRICE_FORMATS[number];

/** The cookie that keeps the choice. It says nothing about anybody, so scripts may read it. */
export const PRICE_FORMAT_COOKIE = "holdfast_price_format";

/** Whether the text names a format. */
export function isPriceFormat(text: unknown): text is PriceFormat {
  return PRICE_FORMATS.some((format) => format === text);
}

/** A price in the format the customer chose: "2.50", "3/2" or "+150". */
export function priceText(price: Price, format: PriceFormat): string {
  return displayPrice(price)[format];
}

/** The format chosen in a `Cookie` header; decimal when there is none. */
export function priceFormatOf(cookieHeader: string | null): PriceFormat {
  for (const pair of (cookieHeader ?? "").split(";")) {
    const [name, value] = pair.trim().split("=");
    if (name === PRICE_FORMAT_COOKIE && isPriceFormat(value)) return value;
  }
  return "decimal";
}

/** The `Set-Cookie` header that keeps a choice for a year. */
export function priceFormatCookie(format: PriceFormat): string {
  return `${PRICE_FORMAT_COOKIE}=${format}; Path=/; Max-Age=31536000; SameSite=Lax`;
}

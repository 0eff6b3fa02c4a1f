import * as z from "zod";
import { parsePrice, type Price, priceOf } from "../domain/price.ts";
import { displayPrice } from "../domain/price_display.ts";

const NOT_A_PRICE =
  'A price is {"num","den"} with num above den, or text like "2.50" (decimal) or "6/4" (fractional).';

/** A price in a request, in any of its spellings; its value is the exact price. */
export const QuotedPrice = z.union([
  z.strictObject({ num: z.int().min(2), den: z.int().min(1) }),
  z.string().meta({ examples: ["2.50", "6/4"] }),
], { error: NOT_A_PRICE }).transform((given, context) => {
  const price = typeof given === "string" ? parsePrice(given) : priceOf(given.num, given.den);
  if (price) return price;
  context.addIssue({ code: "custom", message: NOT_A_PRICE, input: given });
  return z.NEVER;
}).meta({
  description:
    "The price the customer saw: the exact ratio of returns to stake, or text, decimal " +
    '("2.50") or fractional ("6/4").',
});

/** A price in an answer: the exact ratio of returns to stake, in lowest terms. */
export const PriceJson = z.object({ num: z.int().min(2), den: z.int().min(1) }).meta({
  id: "Price",
  description:
    "The exact ratio of returns to stake, in lowest terms: 5/2 pays 2.50 for 1.00 staked.",
});

/** A price as people write it. */
export const PriceDisplayJson = z.object({
  decimal: z.string().meta({ examples: ["2.50"] }),
  fractional: z.string().meta({ examples: ["3/2"] }),
  american: z.string().meta({ examples: ["+150"] }),
}).meta({
  id: "PriceDisplay",
  description: "For reading only; bets are placed at the exact price.",
});

/** A price as an answer shows it. */
export function priceJson({ num, den }: Price): z.output<typeof PriceJson> {
  return { num, den };
}

/** The usual notations of a price as an answer shows them. */
export function priceDisplayJson(price: Price): z.output<typeof PriceDisplayJson> {
  const { decimal, fractional, american } = displayPrice(price);
  return { decimal, fractional, american };
}

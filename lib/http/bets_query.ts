import * as z from "zod";

/** A page's last place, as the text that callers hand back: "b" and the number it goes on below. */
const Cursor = z.string().regex(/^b[1-9][0-9]{0,14}$/, {
  error: "Use the nextCursor of an answer as it stands.",
});

/** The query of a list of bets. */
export const BetsQuery = z.strictObject({
  status: z.enum(["open", "settled"], { error: 'status is "open" or "settled".' }).optional(),
  limit: z.string().regex(/^(?:[1-9][0-9]?|100)$/, {
    error: "limit is a whole number from 1 to 100.",
  })
    .transform(Number).default(20).meta({
      description: "How many bets a page has at most, from 1 to 100. Default: 20.",
    }),
  cursor: Cursor.transform((text) => Number(text.slice(1))).optional().meta({
    description: "The nextCursor of the page before.",
  }),
});

/** The cursor of the page that goes on below entry `before`; null for none. */
export function cursorOf(before: number | null): string | null {
  return before === null ? null : `b${before}`;
}

import { invalid, type Parsed } from "./parsed.ts";

/** The header that carries the request id. */
export const IDEMPOTENCY_KEY = "Idempotency-Key";

/** The longest request id. */
export const MAX_REQUEST_ID = 128;

const REQUEST_ID = /^[\x20-\x7e]{1,128}$/;

/** Whether the text can be a request id: 1 to 128 printable ASCII characters. */
export function isRequestId(text: string): boolean {
  return REQUEST_ID.test(text);
}

/**
 * The request id: the header's value as it stands, quotes included. Headers that are given twice
 * arrive joined by ", ", so a value in which a comma and a space follow each other is refused: one of
 * two keys must never be taken for a third.
 */
export function readIdempotencyKey(headers: Headers): Parsed<string> {
  const value = headers.get(IDEMPOTENCY_KEY);
  if (value === null) {
    return {
      ok: false,
      problem: {
        slug: "idempotency-key-required",
        detail:
          `Send an ${IDEMPOTENCY_KEY} header with an id of your own for this request, so that ` +
          "repeating it can never do it twice. Nothing was changed.",
      },
    };
  }
  if (isRequestId(value) && !value.includes(", ")) return { ok: true, value };
  const detail = `${IDEMPOTENCY_KEY} must be one value of 1 to ${MAX_REQUEST_ID} printable ASCII ` +
    "characters, without a comma followed by a space.";
  return invalid([{ pointer: "", detail }]);
}

/** The header that says that the request had been answered before, and nothing happened now. */
export const REPLAYED = "Idempotency-Replayed";

/** The header that an answer carries which is a repetition; none otherwise. */
export function replayedHeader(answer: { readonly replayed: boolean }): Record<string, string> {
  return answer.replayed ? { [REPLAYED]: "true" } : {};
}

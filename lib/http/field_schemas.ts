import * as z from "zod";
import { MAX_AMOUNT_MINOR } from "../domain/money.ts";
import { MAX_REQUEST_ID } from "./idempotency_key.ts";

/** An id given by the caller: 1 to 128 printable ASCII characters. */
export const Id = z.string("This must be an id, as text.").regex(/^[\x20-\x7e]{1,128}$/, {
  error: "An id has 1 to 128 printable ASCII characters.",
});

/** An amount in an answer: whole minor units. */
export const AmountMinor = z.int().min(0).max(MAX_AMOUNT_MINOR).meta({
  description: "A whole number of minor units (pence for GBP).",
});

/** ISO 4217. */
export const CurrencyCode = z.enum(["GBP"]);

/** A time in an answer. */
export const Instant = z.iso.datetime().meta({ description: "RFC 3339, in UTC." });

/** What the Idempotency-Key header carried. */
export const RequestId = z.string().min(1).max(MAX_REQUEST_ID).meta({
  description: "What the Idempotency-Key header carried.",
});

/** A SHA-256 digest in an answer. */
export const HexDigest = z.string().regex(/^[0-9a-f]{64}$/).meta({
  description: "A SHA-256 digest in lower-case hexadecimal.",
});

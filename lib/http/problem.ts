import type { Price } from "../domain/price.ts";
import type { PriceDisplay } from "../domain/price_display.ts";

/**
 * Every kind of problem the API answers with: the last part of its `type`, its status, and its title,
 * which is the same for every problem of the kind. The only place where problems meet status codes.
 */
export const PROBLEMS = {
  "invalid-request": { status: 400, title: "The request is not valid" },
  "idempotency-key-required": { status: 400, title: "The request needs an Idempotency-Key" },
  "unauthenticated": { status: 401, title: "You are not signed in" },
  "forbidden": { status: 403, title: "Your role may not do this" },
  "csrf": { status: 403, title: "The request came from another site" },
  "not-found": { status: 404, title: "There is nothing here for you" },
  "method-not-allowed": { status: 405, title: "This address does not answer that method" },
  "insufficient-funds": { status: 409, title: "There is not enough money available" },
  "price-changed": { status: 409, title: "The price has changed" },
  "market-suspended": { status: 409, title: "The market is suspended" },
  "market-closed": { status: 409, title: "The market is closed" },
  "liability-cap": { status: 409, title: "The book can take no more on this selection" },
  "hold-active": { status: 409, title: "Another hold is still running" },
  "hold-not-pending": { status: 409, title: "The hold is not running any more" },
  "hold-expired": { status: 410, title: "The hold ran out" },
  "payload-too-large": { status: 413, title: "The body is too large" },
  "unsupported-media-type": { status: 415, title: "The body is not JSON" },
  "stake-out-of-range": { status: 422, title: "The stake is outside the limits" },
  "idempotency-mismatch": { status: 422, title: "The key was used for another request" },
  "internal": { status: 500, title: "Something failed on our side" },
  "contended": { status: 503, title: "Too busy to answer just now" },
  "outcome-unknown": { status: 503, title: "We do not know yet whether it happened" },
  "not-ready": { status: 503, title: "Not ready to serve" },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>;

/** The last part of a problem's `type`. */
export type ProblemSlug = keyof typeof PROBLEMS;

/** Something wrong at one place of a body, a query or a header. */
export interface Flaw {
  /** JSON Pointer (RFC 6901) into the body; in a query, to the parameter of that name. */
  readonly pointer: string;
  readonly detail: string;
}

/** What some problems say besides the members that all have. Amounts are minor units. */
export interface ProblemMembers {
  readonly errors?: readonly Flaw[];
  readonly availableMinor?: number;
  readonly minStakeMinor?: number;
  readonly maxStakeMinor?: number;
  readonly quotedPrice?: Price;
  readonly currentPrice?: Price;
  readonly currentPriceDisplay?: PriceDisplay;
  readonly holdId?: string;
  readonly holdStatus?: "posted" | "voided";
  readonly expiresAt?: string;
}

/** A problem before it is a document: its kind, what it says to a person, and what helps. */
export interface Problem {
  readonly slug: ProblemSlug;
  /** Plain words: what happened, what it means for their money, what they can do. */
  readonly detail: string;
  readonly members?: ProblemMembers;
}

/** A problem document (RFC 9457). */
export interface ProblemDocument extends ProblemMembers {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Names this one occurrence; left out where the answer must be the same at every repetition. */
  readonly instance?: string;
}

/** The `type` of a kind of problem. */
export function problemType(slug: ProblemSlug): string {
  return `urn:holdfast:problem:${slug}`;
}

/** The document of a problem; `supportId`, when given, names this occurrence. */
export function problemDocument(
  { slug, detail, members }: Problem,
  supportId?: string,
): ProblemDocument {
  const { status, title } = PROBLEMS[slug];
  const instance = supportId === undefined ? {} : { instance: `urn:holdfast:support:${supportId}` };
  return { type: problemType(slug), title, status, detail, ...instance, ...members };
}

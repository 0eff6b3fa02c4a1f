// Pure: what a reply of the API says about an attempt. Imports the domain only.
import type { Leg } from "../domain/bet.ts";
import { type Price, priceOf } from "../domain/price.ts";

/** What came back: a status with the parsed body (null when it was not JSON), or nothing at all. */
export type Reply = { readonly status: number; readonly body: unknown } | "lost";

/** An account as the API shows it. Amounts are minor units. */
export interface AccountSummary {
  readonly id: string;
  readonly availableMinor: number;
  readonly version: number;
}

/** What the slip needs of an accepted bet. */
export interface AcceptedBet {
  readonly id: string;
  readonly legs: readonly Pick<Leg, "price">[];
  readonly stakeMinor: number;
  readonly potentialReturnsMinor: number;
}

/** Why a bet was not taken, with what the customer needs to decide what to do. */
export interface RefusalSaid {
  /** The last part of the problem's `type`: "price-changed". */
  readonly slug: string;
  readonly detail: string;
  readonly availableMinor: number | null;
  readonly maxStakeMinor: number | null;
  readonly currentPrice: Price | null;
}

/**
 * What a reply to an attempt means.
 *
 * - `placed`, `refused`: its fate is known and final.
 * - `busy`: nothing has happened yet; the same attempt may be sent again.
 * - `signed_out`: this sending did nothing, and no other can be made before signing in.
 * - `unknown`: it may have happened. Only the server can tell.
 */
export type Outcome =
  | { readonly kind: "placed"; readonly bet: AcceptedBet; readonly account: AccountSummary }
  | { readonly kind: "refused"; readonly refusal: RefusalSaid }
  | { readonly kind: "busy" }
  | { readonly kind: "signed_out" }
  | { readonly kind: "unknown" };

const PROBLEM_TYPE = "urn:holdfast:problem:";

/** Problems after which the same request id may simply be sent again. */
const BUSY = ["contended", "rate-limited", "locked-down", "not-ready"];

/** Reads the reply to `POST /api/bets`. Whatever is not a definite answer is `unknown`. */
export function readOutcome(reply: Reply): Outcome {
  if (reply === "lost") return { kind: "unknown" };
  if (reply.status === 200 || reply.status === 201) return placed(reply.body);
  const refusal = refusalSaid(reply.body);
  if (!refusal) return { kind: "unknown" };
  if (reply.status === 401) return { kind: "signed_out" };
  if (BUSY.includes(refusal.slug)) return { kind: "busy" };
  if (reply.status >= 500 || refusal.slug === "request-in-progress") return { kind: "unknown" };
  return { kind: "refused", refusal };
}

/** Reads an account out of a reply; null when it is not one. */
export function readAccount(body: unknown): AccountSummary | null {
  if (!isObject(body)) return null;
  const { id, availableMinor, version } = body;
  return typeof id === "string" && isWhole(availableMinor) && isWhole(version)
    ? { id, availableMinor, version }
    : null;
}

function placed(body: unknown): Outcome {
  const account = isObject(body) ? readAccount(body["account"]) : null;
  const bet = isObject(body) ? acceptedBet(body["bet"]) : null;
  return bet && account ? { kind: "placed", bet, account } : { kind: "unknown" };
}

function acceptedBet(value: unknown): AcceptedBet | null {
  if (!isObject(value) || !Array.isArray(value["legs"])) return null;
  const { id, stakeMinor, potentialReturnsMinor } = value;
  const prices = value["legs"].map((leg) => isObject(leg) ? readPrice(leg["price"]) : null);
  const legs = prices.flatMap((price) => price ? [{ price }] : []);
  return typeof id === "string" && isWhole(stakeMinor) && isWhole(potentialReturnsMinor) &&
      legs.length === prices.length
    ? { id, legs, stakeMinor, potentialReturnsMinor }
    : null;
}

function refusalSaid(body: unknown): RefusalSaid | null {
  if (!isObject(body) || typeof body["type"] !== "string") return null;
  const { type, detail, availableMinor, maxStakeMinor, currentPrice } = body;
  if (!type.startsWith(PROBLEM_TYPE)) return null;
  return {
    slug: type.slice(PROBLEM_TYPE.length),
    detail: typeof detail === "string" ? detail : "",
    availableMinor: isWhole(availableMinor) ? availableMinor : null,
    maxStakeMinor: isWhole(maxStakeMinor) ? maxStakeMinor : null,
    currentPrice: readPrice(currentPrice),
  };
}

function readPrice(value: unknown): Price | null {
  if (!isObject(value)) return null;
  const { num, den } = value;
  return typeof num === "number" && typeof den === "number" ? priceOf(num, den) : null;
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function isObject(value: unknown): value is { readonly [member: string]: unknown } {
  return typeof value === "object" && value !== null;
}

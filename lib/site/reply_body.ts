// Pure: what stands in the bodies of the API's answers, as far as the slip needs it. What is not what it
// should be is null, never repaired. Imports the domain only.
import type { Leg } from "../domain/bet.ts";
import type { HoldStatus } from "../domain/hold.ts";
import { type Price, priceOf } from "../domain/price.ts";

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

/** What the slip needs of a hold. Times are the server's. */
export interface HeldStake {
  readonly id: string;
  readonly status: HoldStatus;
  readonly price: Price;
  readonly amountMinor: number;
  readonly potentialReturnsMinor: number;
  readonly authorisedAtMs: number;
  readonly expiresAtMs: number;
}

/** Why something was not done, with what the customer needs to decide what to do. */
export interface RefusalSaid {
  /** The last part of the problem's `type`: "price-changed". */
  readonly slug: string;
  readonly detail: string;
  readonly availableMinor: number | null;
  readonly maxStakeMinor: number | null;
  readonly currentPrice: Price | null;
  readonly holdStatus: "posted" | "voided" | null;
}

const PROBLEM_TYPE = "urn:holdfast:problem:";
const HOLD_STATUSES: readonly HoldStatus[] = ["pending", "posted", "voided", "expired"];

/** Reads an account; null when it is not one. */
export function readAccount(body: unknown): AccountSummary | null {
  if (!isObject(body)) return null;
  const { id, availableMinor, version } = body;
  return typeof id === "string" && isWhole(availableMinor) && isWhole(version)
    ? { id, availableMinor, version }
    : null;
}

/** Reads a bet; null when it is not one. */
export function readBet(value: unknown): AcceptedBet | null {
  if (!isObject(value) || !Array.isArray(value["legs"])) return null;
  const { id, stakeMinor, potentialReturnsMinor } = value;
  const prices = value["legs"].map((leg) => isObject(leg) ? readPrice(leg["price"]) : null);
  const legs = prices.flatMap((price) => price ? [{ price }] : []);
  return typeof id === "string" && isWhole(stakeMinor) && isWhole(potentialReturnsMinor) &&
      legs.length === prices.length
    ? { id, legs, stakeMinor, potentialReturnsMinor }
    : null;
}

/** Reads a hold on one leg; null when it is not one. */
export function readHold(value: unknown): HeldStake | null {
  if (!isObject(value) || !Array.isArray(value["legs"])) return null;
  const { id, amountMinor, potentialReturnsMinor } = value;
  const leg: unknown = value["legs"][0];
  const price = isObject(leg) ? readPrice(leg["price"]) : null;
  const status = HOLD_STATUSES.find((candidate) => candidate === value["status"]);
  const authorisedAtMs = readInstant(value["authorisedAt"]);
  const expiresAtMs = readInstant(value["expiresAt"]);
  if (typeof id !== "string" || !price || !status) return null;
  if (!isWhole(amountMinor) || !isWhole(potentialReturnsMinor)) return null;
  if (authorisedAtMs === null || expiresAtMs === null) return null;
  return { id, status, price, amountMinor, potentialReturnsMinor, authorisedAtMs, expiresAtMs };
}

/** Reads a time; null when it is not one. */
export function readInstant(value: unknown): number | null {
  const ms = typeof value === "string" ? Date.parse(value) : NaN;
  return Number.isNaN(ms) ? null : ms;
}

/** Reads a problem document; null when it is none of ours. */
export function readRefusal(body: unknown): RefusalSaid | null {
  if (!isObject(body) || typeof body["type"] !== "string") return null;
  const { type, detail, availableMinor, maxStakeMinor, currentPrice, holdStatus } = body;
  if (!type.startsWith(PROBLEM_TYPE)) return null;
  return {
    slug: type.slice(PROBLEM_TYPE.length),
    detail: typeof detail === "string" ? detail : "",
    availableMinor: isWhole(availableMinor) ? availableMinor : null,
    maxStakeMinor: isWhole(maxStakeMinor) ? maxStakeMinor : null,
    currentPrice: readPrice(currentPrice),
    holdStatus: holdStatus === "posted" || holdStatus === "voided" ? holdStatus : null,
  };
}

/** Whether a value has members to be read. */
export function isObject(value: unknown): value is { readonly [member: string]: unknown } {
  return typeof value === "object" && value !== null;
}

function readPrice(value: unknown): Price | null {
  if (!isObject(value)) return null;
  const { num, den } = value;
  return typeof num === "number" && typeof den === "number" ? priceOf(num, den) : null;
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

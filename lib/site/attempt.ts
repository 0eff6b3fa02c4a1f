// Pure: one try at placing a bet, as it is kept until its fate is known. Imports the domain only.
import type { PriceChange } from "../domain/bet.ts";
import { isSlipLeg, type SlipLeg } from "./slip.ts";

/**
 * A request for a bet, complete before it is sent: whatever happens to the connection, the same
 * `requestId` with the same `body` can be sent again and never places a second bet.
 */
export interface Attempt {
  readonly requestId: string;
  /** Whose bet it is: another account must neither see nor send it. */
  readonly accountId: string;
  /** The exact text that is sent, every time. */
  readonly body: string;
  readonly leg: SlipLeg;
  readonly stakeMinor: number;
}

/** The attempt to place one leg as a single. `requestId` is fresh and belongs to this attempt alone. */
export function attemptFor(
  leg: SlipLeg,
  asked: {
    readonly requestId: string;
    readonly accountId: string;
    readonly stakeMinor: number;
    readonly priceChange: PriceChange;
  },
): Attempt {
  const { requestId, accountId, stakeMinor, priceChange } = asked;
  const { marketId, selectionId, price } = leg;
  const { num, den } = price;
  const body = JSON.stringify({
    legs: [{ marketId, selectionId, price: { num, den } }],
    stakeMinor,
    priceChange,
  });
  return { requestId, accountId, body, leg, stakeMinor };
}

/** Reads an attempt that was kept as JSON; null when it is not one. */
export function readAttempt(json: string | null): Attempt | null {
  try {
    const kept: unknown = JSON.parse(json ?? "null");
    return isAttempt(kept) ? kept : null;
  } catch {
    return null;
  }
}

function isAttempt(value: unknown): value is Attempt {
  if (typeof value !== "object" || value === null) return false;
  const { requestId, accountId, body, leg, stakeMinor } = value as { [member: string]: unknown };
  return [requestId, accountId, body].every((member) => typeof member === "string") &&
    Number.isSafeInteger(stakeMinor) && isSlipLeg(leg);
}

// Pure: one try at something, as it is kept until its fate is known. Imports the domain only.
import type { PriceChange } from "../domain/bet.ts";
import { isSlipLeg, type SlipLeg } from "./slip.ts";

/** What is asked for: a bet at once, a stake held, and then that hold confirmed or given up. */
export type Deed = "place" | "hold" | "confirm" | "void";

/**
 * A request, complete before it is sent: whatever happens to the connection, the same `requestId` with
 * the same `body` can be sent again and never does it twice.
 */
export interface Attempt {
  readonly does: Deed;
  readonly requestId: string;
  /** Whose it is: another account must neither see nor send it. */
  readonly accountId: string;
  /** The exact text that is sent, every time. */
  readonly body: string;
  readonly leg: SlipLeg;
  readonly stakeMinor: number;
  /** The hold that is confirmed or given up; null for the others. */
  readonly holdId: string | null;
}

/** The attempt to place one leg as a single, or to hold its stake. `requestId` is this attempt's alone. */
export function attemptFor(
  leg: SlipLeg,
  asked: {
    readonly does?: "place" | "hold";
    readonly requestId: string;
    readonly accountId: string;
    readonly stakeMinor: number;
    readonly priceChange: PriceChange;
  },
): Attempt {
  const { does = "place", requestId, accountId, stakeMinor, priceChange } = asked;
  const { marketId, selectionId, price } = leg;
  const { num, den } = price;
  const body = JSON.stringify({
    legs: [{ marketId, selectionId, price: { num, den } }],
    stakeMinor,
    priceChange,
  });
  return { does, requestId, accountId, body, leg, stakeMinor, holdId: null };
}

/** The attempt to confirm or give up a hold that `before` asked for, or asked about. */
export function stepFor(
  before: Attempt,
  asked: {
    readonly does: "confirm" | "void";
    readonly holdId: string;
    readonly requestId: string;
  },
): Attempt {
  return { ...before, ...asked, body: "{}" };
}

/** The address that an attempt is sent to. */
export function pathOf({ does, holdId }: Attempt): string {
  switch (does) {
    case "place":
      return "/api/bets";
    case "hold":
      return "/api/holds";
    case "confirm":
    case "void":
      return `/api/holds/${encodeURIComponent(holdId ?? "")}/${does}`;
  }
}

/** Reads an attempt that was kept as JSON; null when it is not one. */
export function readAttempt(json: string | null): Attempt | null {
  try {
    const kept: unknown = JSON.parse(json ?? "null");
    if (typeof kept !== "object" || kept === null) return null;
    // Bets were all that could be asked for when the first attempts were kept.
    const whole = { does: "place", holdId: null, ...kept };
    return isAttempt(whole) ? whole : null;
  } catch {
    return null;
  }
}

function isAttempt(value: { readonly [member: string]: unknown }): value is Readonly<Attempt> {
  const { does, requestId, accountId, body, leg, stakeMinor, holdId } = value;
  const isStep = does === "confirm" || does === "void";
  return (does === "place" || does === "hold" || isStep) &&
    (isStep ? typeof holdId === "string" : holdId === null) &&
    [requestId, accountId, body].every((member) => typeof member === "string") &&
    Number.isSafeInteger(stakeMinor) && isSlipLeg(leg);
}

// Pure: the bet slip and what changes it. Imports the domain only.
import type { PriceChange } from "../domain/bet.ts";
import { MAX_AMOUNT_MINOR } from "../domain/money.ts";
import { type Price, priceOf, returnsMinor } from "../domain/price.ts";

/** A selection on the slip, with the names it is shown by and the stake as it was typed. */
export interface SlipLeg {
  readonly marketId: string;
  readonly selectionId: string;
  readonly selectionName: string;
  readonly marketName: string;
  readonly eventName: string;
  /** The price the customer has seen and agrees to. */
  readonly price: Price;
  readonly stakeText: string;
}

/** What the customer is about to bet on, newest last; each leg is a single of its own. */
export interface Slip {
  readonly legs: readonly SlipLeg[];
  readonly priceChange: PriceChange;
}

/** A slip with nothing on it, and the most careful answer to a price that moves. */
export const EMPTY_SLIP: Slip = { legs: [], priceChange: "none" };

/** More legs than anybody handles; the oldest gives way to the newest. */
export const MOST_LEGS = 20;

/** What a customer may let happen when the price moves, in the order of the choice. */
export const PRICE_CHANGES = ["none", "higher", "any"] as const satisfies readonly PriceChange[];

/** Names a selection among all markets. */
export function legKey(leg: Pick<SlipLeg, "marketId" | "selectionId">): string {
  return `${leg.marketId}/${leg.selectionId}`;
}

/** The slip with the leg put on it, or taken off if it was there. */
export function toggleLeg(slip: Slip, leg: SlipLeg): Slip {
  const key = legKey(leg);
  return slip.legs.some((other) => legKey(other) === key)
    ? removeLeg(slip, key)
    : { ...slip, legs: [...slip.legs, leg].slice(-MOST_LEGS) };
}

/** The slip without the leg. */
export function removeLeg(slip: Slip, key: string): Slip {
  return { ...slip, legs: slip.legs.filter((leg) => legKey(leg) !== key) };
}

/** The slip with some members of one leg changed; unchanged when the leg is not on it. */
export function changeLeg(
  slip: Slip,
  key: string,
  change: Partial<Pick<SlipLeg, "price" | "stakeText">>,
): Slip {
  const legs = slip.legs.map((leg) => legKey(leg) === key ? { ...leg, ...change } : leg);
  return { ...slip, legs };
}

/** What a stake on a price would return, rounded as the house does; null beyond what an amount can be. */
export function legReturnsMinor(price: Price, stakeMinor: number): number | null {
  if (BigInt(stakeMinor) * BigInt(price.num) > BigInt(MAX_AMOUNT_MINOR) * BigInt(price.den)) {
    return null;
  }
  return returnsMinor({ stakeMinor, prices: [price], rounding: "floor" });
}

/** Reads a slip that was kept as JSON; what cannot be read is left out, never repaired. */
export function readSlip(json: string | null): Slip {
  const kept = parsed(json);
  if (!isObject(kept) || !Array.isArray(kept["legs"])) return EMPTY_SLIP;
  const priceChange = PRICE_CHANGES.find((choice) => choice === kept["priceChange"]) ?? "none";
  return { legs: kept["legs"].filter(isSlipLeg).slice(-MOST_LEGS), priceChange };
}

/** Whether an unknown value is a leg of a slip. */
export function isSlipLeg(value: unknown): value is SlipLeg {
  if (!isObject(value) || !isObject(value["price"])) return false;
  const { num, den } = value["price"];
  const texts = [
    "marketId",
    "selectionId",
    "selectionName",
    "marketName",
    "eventName",
    "stakeText",
  ];
  return texts.every((member) => typeof value[member] === "string") &&
    typeof num === "number" && typeof den === "number" && priceOf(num, den)?.num === num;
}

function parsed(json: string | null): unknown {
  try {
    return JSON.parse(json ?? "null");
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is { readonly [member: string]: unknown } {
  return typeof value === "object" && value !== null;
}

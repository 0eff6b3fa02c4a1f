import { assert, assertEquals } from "@std/assert";
import { decides, type Remembered } from "./remembered.ts";

/** A bet or a hold as an answer tells it: what it sets at risk, and on what. */
interface Backed {
  readonly id: string;
  readonly accountId: string;
  readonly legs: readonly { readonly marketId: string; readonly selectionId: string }[];
  readonly potentialReturnsMinor: number;
}

export interface BetTold extends Backed {
  readonly stakeMinor: number;
}

export interface HoldTold extends Backed {
  readonly amountMinor: number;
  readonly expiresAt: string;
}

/** What all answers together say has happened. */
export interface Told {
  readonly bets: readonly BetTold[];
  /** The holds that were neither confirmed nor voided; some may have run out. */
  readonly holds: readonly HoldTold[];
}

/** Adds the answers up. Every request must have been decided. */
export function toldBy(remembered: readonly Remembered[]): Told {
  const bets: BetTold[] = [];
  const holds = new Map<string, HoldTold>();
  const ended: string[] = [];
  for (const { ask, answer } of remembered) {
    assert(answer && decides(answer), `${ask.requestId} is decided`);
    if (answer.status >= 300) continue;
    const { bet, hold } = JSON.parse(answer.text);
    if (bet) bets.push(bet);
    if (ask.what === "hold") holds.set(hold.id, hold);
    if (ask.holdId !== null) ended.push(ask.holdId);
  }
  assertEquals(new Set(bets.map(({ id }) => id)).size, bets.length, "a bet for each request");
  assertEquals(new Set(ended).size, ended.length, "a hold ends once");
  for (const holdId of ended) assert(holds.delete(holdId), `${holdId} was authorised`);
  return { bets, holds: [...holds.values()] };
}

/** The holds that run at a time. */
export function runningAt({ holds }: Told, atMs: number): readonly HoldTold[] {
  return holds.filter((hold) => atMs < Date.parse(hold.expiresAt));
}

/** What the book can lose on a selection, as far as the answers tell, at a time. */
export function liabilityAt(
  told: Told,
  on: { readonly marketId: string; readonly selectionId: string },
  atMs: number,
): number {
  const isOn = ({ legs }: Backed) => (
    legs.some((leg) => leg.marketId === on.marketId && leg.selectionId === on.selectionId)
  );
  return [
    ...told.bets.map((bet) => ({ ...bet, amountMinor: bet.stakeMinor })),
    ...runningAt(told, atMs),
  ].filter(isOn).reduce((sum, one) => sum + one.potentialReturnsMinor - one.amountMinor, 0);
}

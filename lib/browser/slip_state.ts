// Browser state, for islands only: the slip and its attempts, shared by the islands of a page and kept
// for the next one.
import { computed, signal } from "@preact/signals";
import type { Price } from "../domain/price.ts";
import { type Attempt, readAttempt } from "../site/attempt.ts";
import type { Ending, Progress } from "../site/placing.ts";
import { EMPTY_SLIP, legKey, readSlip, type Slip } from "../site/slip.ts";
import { drop, keep, kept, keysUnder } from "./storage.ts";

/** Where an attempt on the slip stands. */
export type Phase =
  | { readonly kind: "working"; readonly attempt: Attempt; readonly progress: Progress }
  | { readonly kind: "ended"; readonly attempt: Attempt; readonly ending: Ending };

const SLIP_KEY = "holdfast.slip";
/** Each attempt has a key of its own, so that two tabs never overwrite each other's. */
const ATTEMPT_PREFIX = "holdfast.attempt.";

/** The slip; empty until {@link loadSlip} has run, so that the server's page and the first one here agree. */
export const slip = signal<Slip>(EMPTY_SLIP);

/** Whether the slip that was kept has been read. */
export const slipLoaded = signal(false);

/** How many selections are on the slip. */
export const slipCount = computed(() => slip.value.legs.length);

/** Where the newest attempt of each leg stands, by the leg's key; cleared when the next round begins. */
export const phases = signal<ReadonlyMap<string, Phase>>(new Map());

/** Whether the slip is open as a sheet (phones). */
export const sheetOpen = signal(false);

/** Prices heard of since the page was made, by the leg's key. */
export const newerPrices = signal<ReadonlyMap<string, Price>>(new Map());

/** Reads the kept slip, once a page, and follows what other tabs do to it. */
export function loadSlip(): void {
  if (slipLoaded.peek()) return;
  slip.value = readSlip(kept(SLIP_KEY));
  slipLoaded.value = true;
  addEventListener("storage", ({ key }) => {
    if (key === SLIP_KEY) slip.value = readSlip(kept(SLIP_KEY));
  });
}

/** Changes the slip and keeps it. */
export function changeSlip(change: (before: Slip) => Slip): void {
  loadSlip();
  slip.value = change(slip.peek());
  keep(SLIP_KEY, JSON.stringify(slip.peek()));
}

/** The attempts of an account whose fate is not known yet. */
export function keptAttempts(accountId: string): readonly Attempt[] {
  return keysUnder(ATTEMPT_PREFIX)
    .flatMap((key) => readAttempt(kept(key)) ?? [])
    .filter((attempt) => attempt.accountId === accountId);
}

/** Keeps an attempt until its fate is known. */
export function rememberAttempt(attempt: Attempt): void {
  keep(ATTEMPT_PREFIX + attempt.requestId, JSON.stringify(attempt));
}

/** Lets go of an attempt. */
export function forgetAttempt(attempt: Attempt): void {
  drop(ATTEMPT_PREFIX + attempt.requestId);
}

/** Lets go of everything that is kept about a hold on a leg: it is over. */
export function forgetHold({ accountId, leg }: Attempt): void {
  const key = legKey(leg);
  for (const kept of keptAttempts(accountId)) {
    if (kept.does !== "place" && legKey(kept.leg) === key) forgetAttempt(kept);
  }
}

/** Says where a leg's attempt stands; null for nowhere. */
export function setPhase(key: string, phase: Phase | null): void {
  const next = new Map(phases.peek());
  next.delete(key);
  if (phase) next.set(key, phase);
  phases.value = next;
}

/** Clears what was said about attempts that are over and done with, when something new begins. */
export function clearFinished(): void {
  const rest = [...phases.peek()].filter(([, phase]) => !isFinal(phase) || offeredPrice(phase));
  phases.value = new Map(rest);
}

/** Whether nothing of the attempt is open any more: neither its fate, nor a hold that it is about. */
export function isFinal(phase: Phase): boolean {
  return phase.kind === "ended" && ["placed", "refused", "over"].includes(phase.ending.kind) &&
    !mayHold(phase);
}

/** Whether a stake may still be held for the leg, which leaving it has to give up. */
export function mayHold(phase: Phase): boolean {
  if (phase.kind !== "ended") return false;
  const { attempt, ending } = phase;
  if (ending.kind === "held") return true;
  // A confirm that the market's state refused left the hold as it was.
  return attempt.does === "confirm" && refusedAs(phase) === "market-suspended";
}

/** The kind of refusal that an attempt met; null when it was not refused. */
export function refusedAs(phase: Phase | undefined): string | null {
  return phase?.kind === "ended" && phase.ending.kind === "refused"
    ? phase.ending.refusal.slug
    : null;
}

/** The price that was offered instead of the one asked for, while the customer has not answered. */
export function offeredPrice(phase: Phase | undefined): Price | null {
  return phase?.kind === "ended" && phase.ending.kind === "refused"
    ? phase.ending.refusal.currentPrice
    : null;
}

/** The stake that was offered instead of the one asked for; null when none was. */
export function offeredStake(phase: Phase): number | null {
  if (refusedAs(phase) !== "liability-cap" || phase.kind !== "ended") return null;
  return phase.ending.kind === "refused" && phase.ending.refusal.maxStakeMinor || null;
}

/** Takes news of a price. */
export function learnPrice(leg: { marketId: string; selectionId: string }, price: Price): void {
  newerPrices.value = new Map(newerPrices.peek()).set(legKey(leg), price);
}

// Browser state, for islands only: what a customer can do with the slip.
import { signal } from "@preact/signals";
import { type Attempt, attemptFor } from "../site/attempt.ts";
import type { Ending } from "../site/placing.ts";
import { changeLeg, legKey, removeLeg, type SlipLeg, toggleLeg } from "../site/slip.ts";
import { readStake } from "../site/stake_text.ts";
import { account, startDemoPlayer } from "./account_state.ts";
import { alone, follow, giveUp, working } from "./attempts.ts";
import { leaveHold } from "./hold_actions.ts";
import * as state from "./slip_state.ts";

/** Puts a selection on the slip, or takes it off; not while its bet is being placed. */
export function toggleSelection(leg: SlipLeg): void {
  const key = legKey(leg);
  const phase = state.phases.peek().get(key);
  if (phase && state.mayHold(phase)) return dropLeg(key);
  if (phase && !state.isFinal(phase)) return;
  state.setPhase(key, null);
  state.clearFinished();
  state.changeSlip((slip) => toggleLeg(slip, leg));
}

/** Changes what is typed into a leg's stake field. */
export function typeStake(key: string, stakeText: string): void {
  state.clearFinished();
  state.changeSlip((slip) => changeLeg(slip, key, { stakeText }));
}

/** Takes a leg off the slip, with whatever was said about it; a stake that is held is given up. */
export function dropLeg(key: string): void {
  if (working.peek()) return;
  const phase = state.phases.peek().get(key);
  const holdId = phase && heldBy(phase);
  if (phase && holdId) return void leaveHold(phase.attempt, holdId);
  state.setPhase(key, null);
  state.changeSlip((slip) => removeLeg(slip, key));
}

/** Whether the slip's bets are being placed. */
export const placing = signal(false);

/** Places every leg that has a stake, one after another, each under a request id of its own. */
export async function placeSlip(): Promise<void> {
  await alone(async () => {
    placing.value = true;
    state.clearFinished();
    if (!account.peek()) await startDemoPlayer();
    for (const leg of state.slip.peek().legs) {
      if (state.phases.peek().has(legKey(leg))) continue;
      const ending = await placeNew(leg);
      // Without a connection or a session the next leg would fare no better.
      if (ending && !["placed", "refused"].includes(ending.kind)) return;
    }
  });
  if (!working.peek()) placing.value = false;
}

/** Sends an attempt that was not placed once more: the same request id, the same body. */
export function tryAgain(attempt: Attempt): Promise<void> {
  return alone(() => follow(attempt, "place"));
}

/** Asks once more what became of an attempt. */
export function checkAgain(attempt: Attempt): Promise<void> {
  return alone(() => follow(attempt, "findOut"));
}

/** Gives up an attempt that was not placed, after asking one last time whether that is still so. */
export async function leaveAttempt(attempt: Attempt): Promise<void> {
  let ending: Ending | null = null;
  await alone(async () => ending = await follow(attempt, "findOut"));
  const { kind } = ending ?? { kind: null };
  if (kind !== "not_placed" && kind !== "held") return;
  if (attempt.holdId === null) state.forgetAttempt(attempt);
  dropLeg(legKey(attempt.leg));
}

/**
 * Finds out, after a reload, what became of attempts whose reply this browser never saw, and finds the
 * stake again that is held. Bets and steps come before the holds they are about.
 */
export function settleKept(accountId: string): Promise<void> {
  return alone(async () => {
    const kept = state.keptAttempts(accountId);
    const settled = new Set<string>();
    for (const attempt of kept.toSorted((a, b) => rank(a) - rank(b))) {
      const key = legKey(attempt.leg);
      if (attempt.does === "void") {
        await giveUp(attempt);
        settled.add(key);
      } else if (attempt.does !== "hold" || !settled.has(key)) {
        state.changeSlip((slip) => toggleLeg(removeLeg(slip, key), attempt.leg));
        const ending = await follow(attempt, "findOut");
        if (ending.kind !== "not_placed") settled.add(key);
      }
    }
  });
}

function rank({ does }: Attempt): number {
  return ["void", "confirm", "place", "hold"].indexOf(does);
}

/** The hold that a phase is about, while it may still be pending. */
function heldBy(phase: state.Phase): string | null {
  if (phase.kind !== "ended") return null;
  if (phase.ending.kind === "held") return phase.ending.hold.id;
  const open = state.mayHold(phase) || !state.isFinal(phase);
  return open ? phase.attempt.holdId : null;
}

async function placeNew(leg: SlipLeg): Promise<Ending | null> {
  const stake = readStake(leg.stakeText);
  const accountId = account.peek()?.id;
  if (stake.kind !== "amount" || accountId === undefined) return null;
  const { stakeMinor } = stake;
  const { priceChange } = state.slip.peek();
  const requestId = crypto.randomUUID();
  return await follow(attemptFor(leg, { requestId, accountId, stakeMinor, priceChange }), "place");
}

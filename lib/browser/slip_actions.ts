// Browser state, for islands only: what a customer can do with the slip.
import { signal } from "@preact/signals";
import type { Price } from "../domain/price.ts";
import { type Attempt, attemptFor } from "../site/attempt.ts";
import { type Ending, findOut, place, type PlacingPorts } from "../site/placing.ts";
import { changeLeg, legKey, removeLeg, type SlipLeg, toggleLeg } from "../site/slip.ts";
import { readStake } from "../site/stake_text.ts";
import { account, learnAccount, refreshAccount, startDemoPlayer } from "./account_state.ts";
import { lookUpAttempt, sendAttempt } from "./api.ts";
import * as state from "./slip_state.ts";

/** Whether bets are being placed or looked up; nothing else is sent meanwhile. */
export const working = signal(false);

const ports: PlacingPorts = {
  send: sendAttempt,
  lookUp: lookUpAttempt,
  remember: state.rememberAttempt,
  forget: state.forgetAttempt,
  wait: (ms) => new Promise((done) => setTimeout(done, ms)),
  report: (attempt, progress) =>
    state.setPhase(legKey(attempt.leg), { kind: "working", attempt, progress }),
};

/** Puts a selection on the slip, or takes it off; not while its bet is being placed. */
export function toggleSelection(leg: SlipLeg): void {
  const key = legKey(leg);
  const phase = state.phases.peek().get(key);
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

/** Takes a leg off the slip, with whatever was said about it. */
export function dropLeg(key: string): void {
  state.setPhase(key, null);
  state.changeSlip((slip) => removeLeg(slip, key));
}

/** Places every leg that has a stake, one after another, each under a request id of its own. */
export function placeSlip(): Promise<void> {
  return alone(async () => {
    state.clearFinished();
    if (!account.peek()) await startDemoPlayer();
    for (const leg of state.slip.peek().legs) {
      if (state.phases.peek().has(legKey(leg))) continue;
      const ending = await placeNew(leg);
      // Without a connection or a session the next leg would fare no better.
      if (ending && !["placed", "refused"].includes(ending.kind)) return;
    }
  });
}

/** Sends an attempt that was not placed once more: the same request id, the same body. */
export function tryAgain(attempt: Attempt): Promise<void> {
  return alone(async () => {
    await follow(attempt, place);
  });
}

/** Asks once more what became of an attempt. */
export function checkAgain(attempt: Attempt): Promise<void> {
  return alone(async () => {
    await follow(attempt, findOut);
  });
}

/** Gives up an attempt that was not placed, after asking one last time whether that is still so. */
export function leaveAttempt(attempt: Attempt): Promise<void> {
  return alone(async () => {
    const ending = await follow(attempt, findOut);
    if (ending.kind !== "not_placed") return;
    state.forgetAttempt(attempt);
    dropLeg(legKey(attempt.leg));
  });
}

/** Agrees to the price as it is now and asks again; a new request, because it asks for something else. */
export function takePrice(key: string, price: Price): Promise<void> {
  return alone(async () => {
    state.changeSlip((slip) => changeLeg(slip, key, { price }));
    const leg = state.slip.peek().legs.find((candidate) => legKey(candidate) === key);
    if (leg) await placeNew(leg);
  });
}

/** Finds out, after a reload, what became of attempts whose reply this browser never saw. */
export function settleKept(accountId: string): Promise<void> {
  return alone(async () => {
    for (const attempt of state.keptAttempts(accountId)) {
      state.changeSlip((slip) => toggleLeg(removeLeg(slip, legKey(attempt.leg)), attempt.leg));
      await follow(attempt, findOut);
    }
  });
}

async function placeNew(leg: SlipLeg): Promise<Ending | null> {
  const stake = readStake(leg.stakeText);
  const accountId = account.peek()?.id;
  if (stake.kind !== "amount" || accountId === undefined) return null;
  const { stakeMinor } = stake;
  const { priceChange } = state.slip.peek();
  const requestId = crypto.randomUUID();
  return await follow(attemptFor(leg, { requestId, accountId, stakeMinor, priceChange }), place);
}

async function follow(attempt: Attempt, step: typeof place): Promise<Ending> {
  const ending = await step(ports, attempt);
  const key = legKey(attempt.leg);
  state.setPhase(key, { kind: "ended", attempt, ending });
  if (ending.kind === "placed") {
    learnAccount(ending.account);
    state.changeSlip((slip) => removeLeg(slip, key));
  }
  if (ending.kind === "refused") {
    if (ending.refusal.currentPrice) state.learnPrice(attempt.leg, ending.refusal.currentPrice);
    await refreshAccount();
  }
  return ending;
}

/** Runs one thing at a time: a second click while the first is under way does nothing. */
async function alone(work: () => Promise<void>): Promise<void> {
  if (working.peek()) return;
  working.value = true;
  try {
    await work();
  } finally {
    working.value = false;
  }
}

// Browser state, for islands only: how attempts are followed to their end, one thing at a time.
import { signal } from "@preact/signals";
import type { Attempt } from "../site/attempt.ts";
import { type Ending, findOut, place, type PlacingPorts } from "../site/placing.ts";
import { readOutcome } from "../site/reply.ts";
import type { AccountSummary, RefusalSaid } from "../site/reply_body.ts";
import { legKey, removeLeg } from "../site/slip.ts";
import { learnAccount, refreshAccount } from "./account_state.ts";
import { lookUpAttempt, sendAttempt } from "./api.ts";
import * as state from "./slip_state.ts";

/** Whether something is being sent or looked up; nothing else is sent meanwhile. */
export const working = signal(false);

const ports: PlacingPorts = {
  send: sendAttempt,
  lookUp: lookUpAttempt,
  remember: state.rememberAttempt,
  forget: state.forgetAttempt,
  wait: (ms) => new Promise((done) => setTimeout(done, ms)),
  nowMs: () => Date.now(),
  report: (attempt, progress) =>
    state.setPhase(legKey(attempt.leg), { kind: "working", attempt, progress }),
};

/** Runs one thing at a time: a second click while the first is under way does nothing. */
export async function alone(work: () => Promise<unknown>): Promise<void> {
  if (working.peek()) return;
  working.value = true;
  try {
    await work();
  } finally {
    working.value = false;
  }
}

/** Sends an attempt, or asks what became of it, and takes what follows into the slip. */
export async function follow(attempt: Attempt, how: "place" | "findOut"): Promise<Ending> {
  const ending = await (how === "place" ? place : findOut)(ports, attempt);
  const key = legKey(attempt.leg);
  state.setPhase(key, { kind: "ended", attempt, ending });
  switch (ending.kind) {
    case "placed":
      state.forgetHold(attempt);
      learnAccount(ending.account);
      state.changeSlip((slip) => removeLeg(slip, key));
      break;
    case "held":
      await heardOf(ending.account);
      break;
    case "over":
      state.forgetHold(attempt);
      if (ending.status === "posted") state.changeSlip((slip) => removeLeg(slip, key));
      await heardOf(ending.account);
      break;
    case "refused":
      if (HOLD_IS_OVER.includes(ending.refusal.slug)) state.forgetHold(attempt);
      if (ending.refusal.holdStatus === "posted") {
        state.changeSlip((slip) => removeLeg(slip, key));
      }
      if (ending.refusal.currentPrice) state.learnPrice(attempt.leg, ending.refusal.currentPrice);
      await refreshAccount();
  }
  return ending;
}

/**
 * Gives a hold up without a word on the slip, which has let go of it already. What gets no answer now is
 * kept, and sent again by the next page; the hold itself ends by the clock at the latest. Answers the
 * refusal, if there was one.
 */
export async function giveUp(attempt: Attempt): Promise<RefusalSaid | null> {
  state.rememberAttempt(attempt);
  const outcome = readOutcome(await sendAttempt(attempt));
  if (outcome.kind !== "held" && outcome.kind !== "refused") return null;
  state.forgetHold(attempt);
  await refreshAccount();
  return outcome.kind === "refused" ? outcome.refusal : null;
}

/** What a request about a hold is refused with once the hold is over. */
const HOLD_IS_OVER = ["hold-expired", "hold-not-pending", "not-found"];

async function heardOf(account: AccountSummary | null): Promise<void> {
  if (account) learnAccount(account);
  else await refreshAccount();
}

// Browser state, for islands only: what a customer can do with a stake that is held for them.
import type { Price } from "../domain/price.ts";
import { type Attempt, attemptFor, stepFor } from "../site/attempt.ts";
import { amountFieldText } from "../site/money_text.ts";
import type { Ending } from "../site/placing.ts";
import { changeLeg, legKey, removeLeg, type SlipLeg } from "../site/slip.ts";
import { readStake } from "../site/stake_text.ts";
import { account, refreshAccount } from "./account_state.ts";
import { alone, follow, giveUp } from "./attempts.ts";
import * as state from "./slip_state.ts";

/** A hold that has just run out here may be alive on the server for as long as a reply takes. */
const GRACE_MS = 1_000;

/** Agrees to the price as it is now, and has the stake held at it to look it over. */
export function reviewPrice(key: string, price: Price): Promise<void> {
  return review(key, { price });
}

/** Lowers the stake to what is still taken, and has it held. */
export function reviewStake(key: string, stakeMinor: number): Promise<void> {
  return review(key, { stakeText: amountFieldText(stakeMinor) });
}

/** Asks for a hold once more, as the leg stands; a new request. */
export function askAgain(key: string): Promise<void> {
  return review(key, {});
}

/** Makes the hold a bet. A confirm whose fate is open is sent again as it was, never anew. */
export function confirmHold(before: Attempt, holdId: string): Promise<void> {
  return alone(async () => {
    const ending = await follow(
      keptConfirm(before, holdId) ?? step(before, "confirm", holdId),
      "place",
    );
    // Nothing can come of it any more, so the stake need not wait for the clock.
    const shut = ending.kind === "refused" && ending.refusal.slug === "market-closed";
    if (shut) await giveUp(step(before, "void", holdId));
  });
}

/** Gives the hold up and takes its leg off the slip. Should it be a bet already, that is said. */
export function leaveHold(before: Attempt, holdId: string): Promise<void> {
  return alone(async () => {
    const key = legKey(before.leg);
    state.setPhase(key, null);
    state.changeSlip((slip) => removeLeg(slip, key));
    const attempt = step(before, "void", holdId);
    const refusal = await giveUp(attempt);
    if (refusal?.holdStatus === "posted") {
      state.setPhase(key, { kind: "ended", attempt, ending: { kind: "refused", refusal } });
    }
  });
}

/** Says that a hold has run out, when this browser's clock says so. */
export async function ranOut(attempt: Attempt): Promise<void> {
  const key = legKey(attempt.leg);
  const ending: Ending = { kind: "over", status: "expired", account: null };
  state.setPhase(key, { kind: "ended", attempt, ending });
  state.forgetHold(attempt);
  await new Promise((done) => setTimeout(done, GRACE_MS));
  await refreshAccount();
}

function review(
  key: string,
  change: Partial<Pick<SlipLeg, "price" | "stakeText">>,
): Promise<void> {
  return alone(async () => {
    state.changeSlip((slip) => changeLeg(slip, key, change));
    const { legs, priceChange } = state.slip.peek();
    const leg = legs.find((candidate) => legKey(candidate) === key);
    const stake = readStake(leg?.stakeText ?? "");
    const accountId = account.peek()?.id;
    if (!leg || stake.kind !== "amount" || accountId === undefined) return;
    const { stakeMinor } = stake;
    const requestId = crypto.randomUUID();
    const asked = { does: "hold", requestId, accountId, stakeMinor, priceChange } as const;
    await follow(attemptFor(leg, asked), "place");
  });
}

function step(before: Attempt, does: "confirm" | "void", holdId: string): Attempt {
  return stepFor(before, { does, holdId, requestId: crypto.randomUUID() });
}

/** A confirm of this hold that was sent, or may have been, and whose reply never came. */
function keptConfirm({ accountId }: Attempt, holdId: string): Attempt | null {
  return state.keptAttempts(accountId).find((kept) =>
    kept.does === "confirm" && kept.holdId === holdId
  ) ?? null;
}

// Browser state, for islands only: the time that is left to stakes that are held.
import { effect, signal } from "@preact/signals";
import type { Attempt } from "../site/attempt.ts";
import { working } from "./attempts.ts";
import { ranOut } from "./hold_actions.ts";
import { type Phase, phases } from "./slip_state.ts";

/** This browser's clock, as of a moment ago while a stake is held; it stands still otherwise. */
export const clockMs = signal(0);

/** How often the clock is looked at: the seconds on the slip are then never far off. */
const TICK_MS = 250;

/** Lets the clock run while a stake is held, and says so when one has run out. Answers what ends it. */
export function runHoldClock(): () => void {
  let timer: ReturnType<typeof setInterval> | undefined;
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
  };
  const disposed = effect(() => {
    const any = heldOn(phases.value).length > 0;
    if (any && timer === undefined) {
      clockMs.value = Date.now();
      timer = setInterval(tick, TICK_MS);
    } else if (!any) stop();
  });
  return () => {
    disposed();
    stop();
  };
}

function tick(): void {
  clockMs.value = Date.now();
  if (working.peek()) return;
  for (const { attempt, untilMs } of heldOn(phases.peek())) {
    if (clockMs.peek() >= untilMs) ranOut(attempt);
  }
}

function heldOn(
  all: ReadonlyMap<string, Phase>,
): readonly { readonly attempt: Attempt; readonly untilMs: number }[] {
  return [...all.values()].flatMap((phase) =>
    phase.kind === "ended" && phase.ending.kind === "held"
      ? [{ attempt: phase.attempt, untilMs: phase.ending.untilMs }]
      : []
  );
}

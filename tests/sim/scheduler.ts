import type { SeededRandom } from "./seeded_random.ts";
import { TimerHeap } from "./timer_heap.ts";
import type { Trace } from "./trace.ts";

/** Somebody who takes steps. When they die, the steps they have not taken are taken away. */
export class Actor {
  alive = true;

  constructor(readonly name: string) {}
}

/** Something that can happen, once, when the scheduler lets it. */
export interface Step {
  readonly actor: Actor;
  readonly what: string;
  run(): void;
  /** What happens instead when the actor dies first. */
  dying?(): void;
}

/**
 * How many turns the promises get after each step, so that what it set off has come to its next call
 * before the next step is chosen. More would change nothing but time; fewer would only make some
 * orders rarer.
 */
const TURNS_A_STEP = 12;

/** What a step takes of virtual time. */
const STEP_MS = 0.05;

/**
 * Everything that happens happens here, one step after another, each drawn from all that could happen
 * now. Time is virtual: it passes a little with each step, and jumps to the next timer when nothing
 * else is left. Nothing waits for the real world, so a seed decides everything.
 */
export class Scheduler {
  /** Milliseconds since the start; never goes back. */
  nowMs = 0;
  steps = 0;
  /** Called before each step, for what can come between any two. */
  beforeStep: () => void = () => {};
  readonly #ready: Step[] = [];
  readonly #timers = new TimerHeap<Step>();

  constructor(readonly random: SeededRandom, readonly trace: Trace) {}

  /** Lets a step happen at any time from now on. */
  soon(step: Step): void {
    this.#ready.push(step);
  }

  /** Lets a step happen at any time after `delayMs`. */
  after(delayMs: number, step: Step): void {
    if (delayMs <= 0) this.soon(step);
    else this.#timers.add(this.nowMs + delayMs, step);
  }

  /** Resolves when the actor was given their turn; never, when they die before it. */
  turn(actor: Actor, what: string): Promise<void> {
    return new Promise((run) => this.soon({ actor, what, run }));
  }

  /** Resolves when the time has passed; never, when the actor dies before. */
  pause(actor: Actor, delayMs: number): Promise<void> {
    return new Promise((run) => this.after(delayMs, { actor, what: "wakes", run }));
  }

  /** Takes an actor out: their steps are gone, or happen as the steps of the dying. */
  kill(actor: Actor): void {
    actor.alive = false;
    for (const step of [...this.#ready, ...this.#timers.items()]) {
      if (step.actor === actor) step.dying?.();
    }
  }

  /** Takes steps until `done`; false when nothing more can ever happen, or not within the limit. */
  async run(limits: { readonly steps: number; done(): boolean }): Promise<boolean> {
    const last = this.steps + limits.steps;
    while (!limits.done()) {
      const step = this.steps < last ? this.#next() : null;
      if (!step) return false;
      this.beforeStep();
      if (!step.actor.alive) continue;
      this.#take(step);
      for (let turn = 0; turn < TURNS_A_STEP; turn++) await undefined;
    }
    return true;
  }

  #take(step: Step): void {
    this.steps++;
    this.nowMs += STEP_MS;
    this.trace.step = this.steps;
    this.trace.atMs = this.nowMs;
    this.trace.note(step.actor.name, step.what);
    step.run();
  }

  #next(): Step | null {
    if (this.#ready.length === 0) this.nowMs = Math.max(this.nowMs, this.#timers.nextMs ?? 0);
    while ((this.#timers.nextMs ?? Infinity) <= this.nowMs) {
      const due = this.#timers.take();
      if (due) this.#ready.push(due);
    }
    const last = this.#ready.pop();
    if (last === undefined) return null;
    const index = this.random.below(this.#ready.length + 1);
    const chosen = this.#ready[index];
    if (chosen === undefined) return last;
    this.#ready[index] = last;
    return chosen;
  }
}

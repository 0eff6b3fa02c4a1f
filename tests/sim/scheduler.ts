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
  /** Asked when its time has come: true when it need not happen at all. */
  passedOver?(): boolean;
}

/**
 * How many turns the promises get after each step, so that what it set off has come to its next call
 * before the next step is chosen. More would change nothing but time; fewer would only make some
 * orders rarer.
 */
const TURNS_A_STEP = 12;

/** How many more they get before time is passed over: in so many, nearly all has come to a call. */
const TURNS_A_JUMP = 60;

/** Far more rounds of these than the longest list of rows takes to be read through. */
const ROUNDS_A_JUMP = 1_000;

/**
 * How many timers are passed over before everybody gets those turns once more, and how often: after
 * hours in which there was nothing to do, there never will be.
 */
const PASSED_OVER_AT_ONCE = 300;
const PASSES_AT_MOST = 10_000;

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
  /** Something that changes, again and again, as long as somebody goes on without asking for a step. */
  busy: () => number = () => 0;
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

  /** Lets something happen whenever `periodMs` have passed and it is not idle, while the actor lives. */
  every(periodMs: number, step: Step & { isIdle(): boolean }): void {
    const again = () => this.after(periodMs, next);
    const next: Step = {
      actor: step.actor,
      what: step.what,
      run: () => (step.run(), again()),
      passedOver: () => !step.actor.alive || (step.isIdle() && (again(), true)),
    };
    again();
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
      this.#takeDue(Infinity);
      if (this.#ready.length === 0 && await this.#passTime(limits.done)) return true;
      const step = this.steps < last ? this.#draw() : null;
      if (!step) return false;
      this.beforeStep();
      if (!step.actor.alive) continue;
      this.#take(step);
      await turns(TURNS_A_STEP);
    }
    return true;
  }

  /** Goes on to the next moment in which there is a step to take, if there ever is; true when done. */
  async #passTime(done: () => boolean): Promise<boolean> {
    for (let pass = 0; pass < PASSES_AT_MOST && this.#ready.length === 0; pass++) {
      await this.#finishTurns();
      if (done()) return true;
      for (let timer = 0; timer < PASSED_OVER_AT_ONCE && this.#ready.length === 0; timer++) {
        if (this.#timers.nextMs === null) return false;
        this.nowMs = Math.max(this.nowMs, this.#timers.nextMs);
        this.#takeDue(1);
      }
      this.#takeDue(Infinity);
    }
    return false;
  }

  /** Lets those go on who are still busy with what they were given: no time passes for that. */
  async #finishTurns(): Promise<void> {
    for (let round = 0; round < ROUNDS_A_JUMP && this.#ready.length === 0; round++) {
      const before = this.busy();
      await turns(TURNS_A_JUMP);
      if (this.busy() === before) return;
    }
  }

  #take(step: Step): void {
    this.steps++;
    this.nowMs += STEP_MS;
    this.trace.step = this.steps;
    this.trace.atMs = this.nowMs;
    this.trace.note(step.actor.name, step.what);
    step.run();
  }

  /** Takes one of the steps that can be taken now; each is as likely. */
  #draw(): Step | null {
    const last = this.#ready.pop();
    if (last === undefined) return null;
    const index = this.random.below(this.#ready.length + 1);
    const chosen = this.#ready[index];
    if (chosen === undefined) return last;
    this.#ready[index] = last;
    return chosen;
  }

  /** Brings timers whose time has come among the steps, or passes them over; at most so many. */
  #takeDue(atMost: number): void {
    for (
      let taken = 0;
      taken < atMost && (this.#timers.nextMs ?? Infinity) <= this.nowMs;
      taken++
    ) {
      const due = this.#timers.take();
      if (due && !due.passedOver?.()) this.#ready.push(due);
    }
  }
}

/** Lets everybody who waits for a promise go on, so many times. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await undefined;
}

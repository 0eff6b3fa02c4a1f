import type { KvBackend } from "../../lib/adapters/deno_kv/kv_backend.ts";
import type { Policy } from "../../lib/app/policy.ts";
import type { Engine } from "./engine.ts";
import { FakeKv } from "./fake_kv/fake_kv.ts";
import { FaultyGate, type Surroundings } from "./faulty_gate.ts";
import { type OpenedProcess, openProcess } from "./open_process.ts";
import { Actor } from "./scheduler.ts";
import type { SeededRandom } from "./seeded_random.ts";

/** What all processes of a world have in common. */
export interface ProcessPlan extends Surroundings {
  readonly engine: Engine;
  readonly backend: KvBackend;
  readonly policy: Policy;
  /** How often rows are drawn from the journal. */
  readonly checkpointMs: number;
  /** Whether a hold is pending. */
  holdsPending(): boolean;
  readonly random: SeededRandom;
  /** Hears of what goes wrong with work that nobody waits for. */
  trouble(error: unknown): void;
}

/** What a caller learns when the process died over the call, or was not there. */
export const NO_ANSWER = Symbol("no answer");

/** 2026-01-01T12:00:00Z: when every simulation starts. */
export const START_MS = Date.UTC(2026, 0, 1, 12);

const FIRST_WAIT_MS = 2;
const LONGEST_WAIT_MS = 250;

/**
 * One process of the system, with its own clock. Killing it drops everything in its memory and every
 * call that is under way; starting it again begins with nothing but the database.
 */
export class SimulatedProcess {
  /** How far the machine's clock is from the true time. */
  skewMs = 0;
  readonly #waiting = new Set<() => void>();
  #running: { readonly actor: Actor; readonly opened: OpenedProcess } | null = null;

  constructor(readonly name: string, readonly plan: ProcessPlan) {}

  get alive(): boolean {
    return this.#running !== null;
  }

  start(): void {
    if (this.#running) return;
    const { plan } = this;
    const { scheduler } = plan;
    const actor = new Actor(this.name);
    const opened = openProcess(plan.engine, {
      ...plan,
      kv: new FakeKv(plan.database, new FaultyGate(plan, actor)),
      clock: { nowMs: () => START_MS + Math.floor(scheduler.nowMs) + this.skewMs },
      randomness: { letters: (length) => plan.random.letters(length) },
      backoff: {
        wait: (attempt) => {
          const longestMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
          return scheduler.pause(actor, longestMs * (0.5 + plan.random.fraction() / 2));
        },
      },
      writes: () => plan.database.writes,
      every: (periodMs, work) =>
        scheduler.every(periodMs, {
          ...{ actor, what: "sweeps" },
          run: () => work.run(),
          isIdle: () => work.isIdle(),
        }),
      trouble: (error) => actor.alive && plan.trouble(error),
    });
    this.#running = { actor, opened };
  }

  /** The process is gone in this moment, whatever it was doing. */
  kill(): void {
    if (!this.#running) return;
    const { actor } = this.#running;
    this.#running = null;
    this.plan.postOffice.leave(actor);
    this.plan.scheduler.kill(actor);
    for (const giveUp of [...this.#waiting]) giveUp();
  }

  /** Drops what the process remembers without need. */
  forget(): void {
    this.#running?.opened.forget();
  }

  /**
   * Asks the process for something. Rejects when the work does; answers {@link NO_ANSWER} when the
   * process is not there, or dies first.
   */
  async ask<Answer>(
    work: (process: OpenedProcess) => Promise<Answer>,
  ): Promise<Answer | typeof NO_ANSWER> {
    const running = this.#running;
    if (!running) return NO_ANSWER;
    const given = Promise.withResolvers<Answer | typeof NO_ANSWER>();
    const giveUp = () => given.resolve(NO_ANSWER);
    this.#waiting.add(giveUp);
    // Nothing that a dead process still finishes reaches anybody.
    work(running.opened).then(
      (answer) => running.actor.alive && given.resolve(answer),
      (error) => running.actor.alive && given.reject(error),
    );
    try {
      return await given.promise;
    } finally {
      this.#waiting.delete(giveUp);
    }
  }
}

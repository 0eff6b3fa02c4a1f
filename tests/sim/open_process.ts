import type { KvBackend } from "../../lib/adapters/deno_kv/kv_backend.ts";
import type { Policy } from "../../lib/app/policy.ts";
import type { Services } from "../../lib/app/services.ts";
import type { Book } from "../../lib/ports/book.ts";
import type { Backoff, Clock, Randomness } from "../../lib/ports/surroundings.ts";
import { Chore } from "./chore.ts";
import type { Engine } from "./engine.ts";

/** What a process stands on, in the place of the real world. */
export interface ProcessGround {
  readonly kv: Deno.Kv;
  readonly backend: KvBackend;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly backoff: Backoff;
  readonly policy: Policy;
  readonly checkpointMs: number;
  /** How many writes the database has taken so far. */
  writes(): number;
  /** Whether a hold is pending, which time alone may end. */
  holdsPending(): boolean;
  /** Does something again and again, when it is not idle, as long as the process lives. */
  every(periodMs: number, work: { run(): unknown; isIdle(): boolean }): void;
  /** Hears of what goes wrong with work that nobody waits for. */
  trouble(error: unknown): void;
}

/** The parts of a process at work. */
export interface OpenedProcess {
  readonly services: Services;
  readonly book: Book;
  drain(): Promise<void>;
  expireHolds(): Promise<void>;
  checkpoint(): Promise<void>;
  /** Drops what it remembers of accounts and markets, as it does when it has too much in mind. */
  forget(): void;
}

const SWEEP_MS = 500;

/**
 * What a process keeps in mind: more than any run has of either, and so little that a thousand starts
 * and forgets do not take longer than the work between them.
 */
export const MEMORY = { markets: 128, sessions: 64 };

/**
 * Sets the parts to work as `setToWork` in deno_home.ts does, with steps of the simulation for its
 * timers. It is the one place of the simulation that knows how: when that changes there, it changes
 * here.
 */
export function openProcess(engine: Engine, ground: ProcessGround): OpenedProcess {
  const { kv, backend, policy, every, trouble } = ground;
  const home = engine.home.wireDenoHome({ kv, backend }, ground, {
    policy,
    demo: true,
    wake: () => void draining.run(),
    memory: MEMORY,
  });
  const chore = (work: () => Promise<unknown>, isIdle: (result: unknown) => boolean) =>
    new Chore(work, { isIdle, writes: ground.writes, trouble });
  const draining = chore(home.drain, () => true);
  const expiring = chore(home.expireHolds, () => !ground.holdsPending());
  const checkpointing = chore(home.checkpoint, (result) => result === "nothing");
  if (backend.queues) {
    engine.wakeUp.listenForWakeUps(kv, {
      drain: () => {
        home.ledger.wakeUpHeard();
        return draining.run();
      },
      expireHolds: () => expiring.run(),
    });
  }
  for (const sweep of [draining, expiring]) {
    every(SWEEP_MS, sweep);
    void sweep.run();
  }
  every(ground.checkpointMs, checkpointing);
  const forget = () => {
    home.ledger.memory.accounts.clear();
    home.ledger.memory.markets.clear();
  };
  const { services, book } = home;
  return {
    ...{ services, book, forget },
    drain: () => draining.run(),
    expireHolds: () => expiring.run(),
    checkpoint: () => checkpointing.run(),
  };
}

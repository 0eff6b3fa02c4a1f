import type { KvBackend } from "../../lib/adapters/deno_kv/kv_backend.ts";
import type { Policy } from "../../lib/app/policy.ts";
import type { Services } from "../../lib/app/services.ts";
import type { Book } from "../../lib/ports/book.ts";
import type { Backoff, Clock, Randomness } from "../../lib/ports/surroundings.ts";
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
  /** Does something again and again, as long as the process lives. */
  every(periodMs: number, work: () => unknown): void;
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
 * Sets the parts to work as `setToWork` in deno_home.ts does, with steps of the simulation for its
 * timers. It is the one place of the simulation that knows how: when that changes there, it changes
 * here.
 */
export function openProcess(engine: Engine, ground: ProcessGround): OpenedProcess {
  const { kv, backend, policy, every, trouble } = ground;
  const told = (work: () => Promise<unknown>) => async () => {
    try {
      await work();
    } catch (error) {
      trouble(error);
    }
  };
  const home = engine.home.wireDenoHome({ kv, backend }, ground, {
    policy,
    demo: true,
    wake: () => void drain(),
  });
  const drain = told(home.drain);
  const expireHolds = told(home.expireHolds);
  const checkpoint = told(home.checkpoint);
  if (backend.queues) {
    engine.wakeUp.listenForWakeUps(kv, {
      drain: () => {
        home.ledger.wakeUpHeard();
        return drain();
      },
      expireHolds,
    });
  }
  const sweep = () => void Promise.all([drain(), expireHolds()]);
  every(SWEEP_MS, sweep);
  every(ground.checkpointMs, checkpoint);
  sweep();
  const forget = () => {
    home.ledger.memory.accounts.clear();
    home.ledger.memory.markets.clear();
  };
  const { services, book } = home;
  return { services, book, drain, expireHolds, checkpoint, forget };
}

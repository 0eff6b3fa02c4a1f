import type { KvBackend } from "../../lib/adapters/deno_kv/kv_backend.ts";
import type { Sha256 } from "../../lib/audit/hash.ts";
import type { Policy } from "../../lib/app/policy.ts";
import type { Services } from "../../lib/app/services.ts";
import type { Backoff, Clock, Randomness } from "../../lib/ports/surroundings.ts";
import type { Engine } from "./engine.ts";

/** What a process stands on, in the place of the real world. */
export interface ProcessGround {
  readonly kv: Deno.Kv;
  readonly backend: KvBackend;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly backoff: Backoff;
  readonly sha256: Sha256;
  readonly policy: Policy;
  /** Does something again and again, as long as the process lives. */
  every(periodMs: number, work: () => unknown): void;
}

/** The parts of a process at work. */
export interface OpenedProcess {
  readonly services: Services;
  drain(): Promise<unknown>;
}

const SWEEP_MS = 500;

/**
 * Wires the parts as `open` in main.ts does. It is the one place of the simulation that knows how
 * they fit together: when that changes there, it changes here.
 */
export function openProcess(engine: Engine, ground: ProcessGround): OpenedProcess {
  const { kv, backend, clock, randomness, backoff, sha256, policy } = ground;
  const log = new engine.audit.KvAuditLog(kv, backend);
  const drainer = new engine.drainer.OutboxDrainer({ log, backoff, sha256 }, {
    drainBatch: policy.drainBatch,
    attempts: policy.commitAttempts,
  });
  const drain = () => drainer.wake().catch(() => {});
  const ledger = new engine.ledger.KvLedger(kv, backend, drain);
  const book = new engine.book.KvBook(kv, backend);
  const sessions = new engine.sessions.KvSessions(kv, clock);
  const services = engine.services.createServices(
    { ledger, log, book, sessions, sha256, clock, randomness, backoff },
    { policy, demo: true },
  );
  if (backend.queues) engine.wakeUp.listenForWakeUps(kv, drain);
  ground.every(SWEEP_MS, drain);
  drain();
  return { services, drain };
}

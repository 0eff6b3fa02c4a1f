import { createHash } from "node:crypto";
import { Checkpointer } from "./lib/adapters/deno_kv/checkpointer.ts";
import { KvAuditLog } from "./lib/adapters/deno_kv/kv_audit_log.ts";
import type { KvBackend } from "./lib/adapters/deno_kv/kv_backend.ts";
import { KvBook } from "./lib/adapters/deno_kv/kv_book.ts";
import { KvLedger } from "./lib/adapters/deno_kv/kv_ledger.ts";
import { KvLobby } from "./lib/adapters/deno_kv/kv_lobby.ts";
import { LedgerMemory } from "./lib/adapters/deno_kv/ledger_memory.ts";
import { KvSessions } from "./lib/adapters/deno_kv/kv_sessions.ts";
import { listenForWakeUps } from "./lib/adapters/deno_kv/wake_up.ts";
import { paced } from "./lib/adapters/system/paced.ts";
import { RememberedSessions } from "./lib/adapters/system/remembered_sessions.ts";
import { OutboxDrainer } from "./lib/app/outbox_drainer.ts";
import type { Policy } from "./lib/app/policy.ts";
import { createServices, type Ports, type Services } from "./lib/app/services.ts";

/** The application on one Deno KV database, wired; nothing of it runs by itself yet. */
export interface DenoHome {
  readonly services: Services;
  readonly ledger: KvLedger;
  readonly book: KvBook;
  /** Brings the log up to date. */
  drain(): Promise<unknown>;
  /** Draws rows from the journal. */
  checkpoint(): Promise<unknown>;
  /** Ends the holds that are dead. */
  expireHolds(): Promise<unknown>;
}

/** Wires the parts over an open database. */
export function wireDenoHome(
  database: {
    readonly kv: Deno.Kv;
    readonly backend: KvBackend;
    /** Whether there is room for more; without it there always is. */
    readonly hasRoom?: () => boolean;
  },
  surroundings: Pick<Ports, "clock" | "randomness" | "backoff">,
  options: {
    readonly policy: Policy;
    readonly demo: boolean;
    /** Called after a commit where there is no queue to carry the wake-up. */
    readonly wake: () => void;
    /** How much is kept in mind; where it is not said, as much as a server has room for. */
    readonly memory?: { readonly markets: number; readonly sessions: number };
  },
): DenoHome {
  const { kv, backend, hasRoom = () => true } = database;
  const { policy, demo, wake, memory } = options;
  const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest();
  const ledger = new KvLedger(kv, backend, wake, new LedgerMemory(undefined, memory?.markets));
  const log = new KvAuditLog(kv, backend, ledger);
  const book = new KvBook(kv, ledger);
  const known = new KvSessions(kv, surroundings.clock);
  const sessions = new RememberedSessions(known, undefined, memory?.sessions);
  const drainer = new OutboxDrainer({ log, sha256, ...surroundings }, {
    drainBatch: policy.drainBatch,
    attempts: policy.commitAttempts,
  });
  const brake = {
    released: async () => hasRoom() && await keptUp(log, drainer, policy.logBehindAtMost),
  };
  const lobby = new KvLobby(kv, backend);
  const ports: Ports = { ledger, log, book, sessions, sha256, brake, lobby, ...surroundings };
  const services = createServices(ports, { policy, demo });
  const checkpointer = new Checkpointer(kv, ledger);
  return {
    services,
    ledger,
    book,
    drain: async () => {
      if (await drainer.wake() === "empty") return;
      throw new Error("the log could not be written, attempt after attempt");
    },
    checkpoint: () => checkpointer.run(),
    expireHolds: () => services.sweepHolds(),
  };
}

/** While the log is too far behind, each commit waits for one append to it; without one, for none. */
async function keptUp(log: KvAuditLog, drainer: OutboxDrainer, atMost: number): Promise<boolean> {
  if (log.behind <= atMost) return true;
  const drained = drainer.wake().then((result) => result === "empty", () => false);
  return await Promise.race([log.nextAppend().then(() => true), drained]);
}

/**
 * How often the log is written at most, and the outbox looked at without a wake-up. The log's writes
 * share the store with the bets', so it takes large bites: its budget is a second.
 */
const DRAIN_MS = 250;
const SWEEP_MS = 500;
const CHECKPOINT_MS = 2_000;

/** Sets the home to work: hears the queue, sweeps, checkpoints. Answers what ends it in good order. */
export function setToWork(
  home: DenoHome,
  database: { readonly kv: Deno.Kv; readonly backend: KvBackend },
): {
  /** Brings the log up to date soon. */
  drain(): Promise<void>;
  /** Does now whatever a lost message, or a process that ended, has left undone. */
  sweep(): Promise<void>;
  close(limitMs: number): Promise<void>;
} {
  const { kv, backend } = database;
  let closed = false;
  const drain = paced(
    reporting("The log is not up to date", async () => {
      // A run that was put off until after the end would find no store.
      if (!closed) await home.drain();
    }),
    DRAIN_MS,
  );
  const expireHolds = reporting("Dead holds could not be looked for", home.expireHolds);
  const checkpoint = reporting("A checkpoint could not be made", home.checkpoint);
  const listening = backend.queues
    ? listenForWakeUps(kv, {
      drain: () => {
        home.ledger.wakeUpHeard();
        return drain();
      },
      expireHolds,
    })
    : Promise.resolve();
  const sweep = async () => {
    // Another process may have heard the wake-up that this one waits to hear of.
    home.ledger.wakeUpHeard();
    await Promise.all([drain(), expireHolds()]);
  };
  const timers = [
    setInterval(sweep, SWEEP_MS),
    setInterval(checkpoint, CHECKPOINT_MS),
  ];
  return {
    drain,
    sweep,
    close: async (limitMs) => {
      for (const timer of timers) clearInterval(timer);
      await atMost(limitMs, home.drain().then(checkpoint, () => {}));
      closed = true;
      kv.close();
      await listening;
    },
  };
}

/** Work done for its own sake: what goes wrong with it is told, and the next time tries again. */
function reporting(trouble: string, work: () => Promise<unknown>): () => Promise<void> {
  return async () => {
    try {
      await work();
    } catch (error) {
      console.error(`${trouble}; the next time tries again.`, error);
    }
  };
}

/** Waits for work, but no longer than `limitMs`. */
export async function atMost(limitMs: number, work: Promise<unknown>): Promise<void> {
  const limit = Promise.withResolvers<void>();
  const timer = setTimeout(limit.resolve, limitMs);
  await Promise.race([work, limit.promise]);
  clearTimeout(timer);
}

import { Checkpointer } from "../../lib/adapters/deno_kv/checkpointer.ts";
import { KvAuditLog } from "../../lib/adapters/deno_kv/kv_audit_log.ts";
import { type KvBackend, SQLITE_BACKEND } from "../../lib/adapters/deno_kv/kv_backend.ts";
import { KvBook } from "../../lib/adapters/deno_kv/kv_book.ts";
import { KvLedger } from "../../lib/adapters/deno_kv/kv_ledger.ts";
import { KvSessions } from "../../lib/adapters/deno_kv/kv_sessions.ts";
import type { LedgerMemory } from "../../lib/adapters/deno_kv/ledger_memory.ts";
import { systemBackoff } from "../../lib/adapters/system/surroundings.ts";
import { OutboxDrainer } from "../../lib/app/outbox_drainer.ts";
import type { BetRequest } from "../../lib/app/backing.ts";
import type { BetAnswer } from "../../lib/app/place_bet.ts";
import { DEFAULT_POLICY, type Policy } from "../../lib/app/policy.ts";
import type { Services } from "../../lib/app/services.ts";
import type { Backoff, Clock } from "../../lib/ports/surroundings.ts";
import { MATCH, NOON_MS, sha256 } from "../given.ts";
import { putMarket } from "../market_entries.ts";
import { aRequest, servicesOn } from "../app/bookmaker.ts";
import { FakeDatabase } from "../sim/fake_kv/fake_database.ts";
import { FakeKv } from "../sim/fake_kv/fake_kv.ts";
import { StraightGate } from "../sim/fake_kv/straight_gate.ts";

/** The parts of a bookmaker over one handle of a database, as one process has them. */
export interface KvParts {
  readonly ledger: KvLedger;
  readonly log: KvAuditLog;
  readonly drainer: OutboxDrainer;
  readonly checkpointer: Checkpointer;
  readonly services: Services;
  place(change?: Partial<BetRequest>): Promise<BetAnswer>;
}

/** Wires the parts as the server does; `kv` may be one whose commits fail. */
export function partsOn(
  kv: Deno.Kv,
  options: {
    readonly policy?: Partial<Policy>;
    readonly backend?: KvBackend;
    readonly backoff?: Backoff;
    readonly clock?: Clock;
    readonly memory?: LedgerMemory;
    /** How much a checkpoint writes at once. */
    readonly weightAWrite?: number;
  } = {},
): KvParts {
  const { backend = SQLITE_BACKEND, backoff = systemBackoff } = options;
  const { clock = { nowMs: () => NOON_MS } } = options;
  const policy = { ...DEFAULT_POLICY, ...options.policy };
  const ledger = new KvLedger(kv, backend, () => {}, options.memory);
  const log = new KvAuditLog(kv, backend, ledger);
  const book = new KvBook(kv, ledger);
  const sessions = new KvSessions(kv, clock);
  const { drainBatch, commitAttempts: attempts } = policy;
  const services = servicesOn({ ledger, log, book, sessions, backoff, clock }, policy);
  return {
    ledger,
    log,
    drainer: new OutboxDrainer({ log, backoff, sha256 }, { drainBatch, attempts }),
    checkpointer: new Checkpointer(kv, ledger, options.weightAWrite),
    services,
    place: (change) => services.placeBet(aRequest(change)),
  };
}

/** Puts {@link MATCH} on offer. */
export async function offerMatch(kv: Deno.Kv): Promise<void> {
  // No message of it is to come between those of a test.
  const backend = { ...SQLITE_BACKEND, queues: false };
  await putMarket(new KvLedger(kv, backend, () => {}), MATCH);
}

/** Runs a test with a database in memory that is closed afterwards. */
export async function inMemory(run: (kv: Deno.Kv) => Promise<void>): Promise<void> {
  const kv = await Deno.openKv(":memory:");
  try {
    await offerMatch(kv);
    await run(kv);
  } finally {
    kv.close();
  }
}

/** Runs a test with a simulated database, which has the real one's semantics and is much faster. */
export async function simulated(run: (kv: Deno.Kv) => Promise<void>): Promise<void> {
  const database = new FakeDatabase();
  const kv = new FakeKv(database, new StraightGate(database));
  await offerMatch(kv);
  await run(kv);
}

/** Runs a test with the path of a database file that is removed afterwards. */
export async function onDisk(run: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "holdfast-" });
  try {
    await run(`${folder}/holdfast.db`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

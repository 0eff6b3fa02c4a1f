import { verifyLog } from "../../lib/app/verify_log.ts";
import { KvAuditLog } from "../../lib/adapters/deno_kv/kv_audit_log.ts";
import { SQLITE_BACKEND } from "../../lib/adapters/deno_kv/kv_backend.ts";
import { KvLedger } from "../../lib/adapters/deno_kv/kv_ledger.ts";
import type { Engine } from "./engine.ts";
import { FakeKv } from "./fake_kv/fake_kv.ts";
import { StraightGate } from "./fake_kv/straight_gate.ts";
import { apartFromReality } from "./reality.ts";
import { Trace } from "./trace.ts";
import { World } from "./world.ts";

/** What is simulated. */
export interface Plan {
  readonly engine: Engine;
  readonly seed: number;
  readonly operations: number;
  /** Hears of every step; null for nobody. */
  readonly print?: (line: string) => void;
}

/** How a simulation went. The same seed and source always give the same report. */
export interface Report {
  readonly seed: number;
  readonly steps: number;
  readonly operations: number;
  readonly traceHash: string;
  /** How often each fault came, and each answer was heard. */
  readonly counts: ReadonlyMap<string, number>;
  readonly failure: Failure | null;
}

/** A broken invariant, in words, and what led to it. */
export interface Failure {
  readonly step: number;
  readonly words: string;
  readonly lastLines: readonly string[];
}

/** Far more steps than an operation takes, so that reaching it means going round in circles. */
const STEPS_AN_OPERATION = 2_000;
const STEPS_AT_LEAST = 1_000_000;

/** Virtual time that the log gets to take what waits, when nothing goes wrong any more. */
const DRAIN_MS = 120_000;

/** Runs the whole system on one seed: with faults, then without, until everything has settled. */
export async function simulate(plan: Plan): Promise<Report> {
  const trace = new Trace(plan.print ?? null);
  const world = new World(plan.engine, plan.seed, trace);
  await apartFromReality(trace, async () => {
    try {
      await runThrough(world, plan.operations);
    } catch (defect) {
      world.breaches.add(defect instanceof Error ? defect.stack ?? defect.message : `${defect}`);
    }
  });
  const { first } = world.breaches;
  return {
    seed: plan.seed,
    steps: world.scheduler.steps,
    operations: plan.operations,
    traceHash: trace.hash(),
    counts: new Map([...world.faults.counts, ...world.customers.outcomes]),
    failure: first === null
      ? null
      : { step: world.scheduler.steps, words: first, lastLines: trace.lastLines() },
  };
}

async function runThrough(world: World, operations: number): Promise<void> {
  const { random, customers, log, breaches } = world;
  const limit = { steps: Math.max(STEPS_AT_LEAST, operations * STEPS_AN_OPERATION) };
  const until = async (work: Promise<void>, what: string) => {
    let done = false;
    work.then(() => done = true, (defect) => breaches.add(String(defect)));
    const ended = () => done || breaches.first !== null;
    if (!await world.scheduler.run({ ...limit, done: ended })) breaches.add(`${what} never ends`);
    return breaches.first === null;
  };

  world.start();
  const plan = {
    accounts: random.between(1, 5),
    operations,
    atOnce: random.pick([1, 4, 16, 48]),
  };
  if (!await until(customers.run(plan), "the work")) return;
  world.heal();
  if (!await until(customers.settle(), "the settling")) return;
  const latestMs = world.scheduler.nowMs + DRAIN_MS;
  await world.scheduler.run({
    ...limit,
    done: () => log.waiting === 0 || world.scheduler.nowMs > latestMs || breaches.first !== null,
  });
  breaches.unless(log.waiting === 0, () => `${log.waiting} entries never came into the log`);
  if (breaches.first === null) await compareAll(world);
}

/** The last look: by the application's own verifier, and over all money there is. */
async function compareAll(world: World): Promise<void> {
  const { database, chains, breaches, sha256, trace } = world;
  const kv = new FakeKv(database, new StraightGate(database));
  const ledger = new KvLedger(kv, SQLITE_BACKEND);
  const log = new KvAuditLog(kv, SQLITE_BACKEND);
  const verdict = await verifyLog({ ledger, log, sha256 });
  if (!verdict.ok) return breaches.add(`the log does not verify: ${verdict.flaw}`);
  breaches.unless(
    verdict.records === chains.entries.size && verdict.accounts === chains.newest.size,
    () => `the log has ${verdict.records} records of ${chains.entries.size} entries`,
  );
  const total = [...chains.totals.values()].reduce((sum, amount) => sum + amount, 0n);
  breaches.unless(total === 0n, () => `all money together is ${total}, not nothing`);
  for (const byte of world.log.head.hash) trace.mix(byte);
}

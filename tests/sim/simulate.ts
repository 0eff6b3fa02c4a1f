import { compareAll } from "./compare_all.ts";
import type { Engine } from "./engine.ts";
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
  /** How many it was asked for: whoever is at it then still goes on to the end. */
  readonly operations: number;
  /** How many requests of customers and traders were really carried through to an answer. */
  readonly answered: number;
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

/** Within this virtual time the log must take some of what waits, or a last hold must have ended. */
const PROGRESS_MS = 120_000;

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
    answered: world.answered,
    traceHash: trace.hash(),
    counts: new Map([...world.faults.counts, ...world.counts]),
    failure: first === null
      ? null
      : { step: world.scheduler.steps, words: first, lastLines: trace.lastLines() },
  };
}

async function runThrough(world: World, operations: number): Promise<void> {
  const { random, customers, log, journal, breaches } = world;
  const limit = { steps: Math.max(STEPS_AT_LEAST, operations * STEPS_AN_OPERATION) };
  const until = async (work: Promise<void>, what: string) => {
    let done = false;
    work.then(() => done = true, (defect) => breaches.add(String(defect?.stack ?? defect)));
    const ended = () => done || breaches.first !== null;
    if (!await world.scheduler.run({ ...limit, done: ended })) breaches.add(`${what} never ends`);
    return breaches.first === null;
  };

  world.start();
  const plan = {
    accounts: random.pick([1, 2, 3, 5, 30]),
    operations,
    atOnce: random.pick([1, 4, 16, 48, 150]),
  };
  if (!await until(customers.run(plan), "the work")) return;
  world.heal();
  if (!await until(customers.settle(), "the settling")) return;
  let left = Infinity;
  let latestMs = 0;
  const settled = () => {
    const now = log.waiting + journal.pendingHolds;
    if (now < left) latestMs = world.scheduler.nowMs + PROGRESS_MS;
    left = now;
    return now === 0 || world.scheduler.nowMs > latestMs || breaches.first !== null;
  };
  await world.scheduler.run({ ...limit, done: settled });
  breaches.unless(log.waiting === 0, () => `${log.waiting} entries never came into the log`);
  breaches.unless(
    journal.pendingHolds === 0,
    () => `${journal.pendingHolds} dead holds were never ended`,
  );
  if (breaches.first === null) await compareAll(world);
}

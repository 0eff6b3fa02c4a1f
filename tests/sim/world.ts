import { createHash } from "node:crypto";
import { type KvBackend, SQLITE_BACKEND } from "../../lib/adapters/deno_kv/kv_backend.ts";
import { DEFAULT_POLICY, type Policy } from "../../lib/app/policy.ts";
import { Customers } from "./customers.ts";
import type { Engine } from "./engine.ts";
import { FakeDatabase } from "./fake_kv/fake_database.ts";
import { SQLITE_LIMITS } from "./fake_kv/kv_limits.ts";
import { drawFaultRates, Faults } from "./faults.ts";
import { isInjected } from "./faulty_gate.ts";
import { AnswerWatch } from "./invariants/answer_watch.ts";
import { Breaches } from "./invariants/breaches.ts";
import { JournalWatch } from "./invariants/journal_watch.ts";
import { LogWatch } from "./invariants/log_watch.ts";
import { RowsWatch } from "./invariants/rows_watch.ts";
import { storedFacts } from "./invariants/stored_facts.ts";
import { PostOffice } from "./post_office.ts";
import { Actor, Scheduler } from "./scheduler.ts";
import { SeededRandom } from "./seeded_random.ts";
import { SimulatedProcess } from "./simulated_process.ts";
import type { Trace } from "./trace.ts";
import { Trader } from "./trader.ts";

/** How far a clock jumps at most, either way: a bit more than a day. */
const LONGEST_JUMP_MS = 100_000_000;

/** Where the clocks are in the end: behind the death of every hold that was ever authorised. */
const AFTER_ALL_MS = 3 * LONGEST_JUMP_MS;

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest();

/**
 * One database, the processes on it, their customers, everything that goes wrong between them, and
 * the watches that see whether it ever shows. All of it is drawn from the seed.
 */
export class World {
  readonly random: SeededRandom;
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  readonly database: FakeDatabase;
  readonly processes: readonly SimulatedProcess[];
  readonly trader: Trader;
  readonly customers: Customers;
  readonly breaches = new Breaches();
  readonly journal: JournalWatch;
  readonly rows: RowsWatch;
  readonly log: LogWatch;
  readonly answers: AnswerWatch;
  readonly policy: Policy;
  readonly backend: KvBackend;
  readonly sha256 = sha256;
  /** How many requests a process took up and answered; those that met an error or its death are not. */
  answered = 0;
  /** How often each fault came, and each answer was heard. */
  readonly counts = new Map<string, number>();
  readonly #actor = new Actor("world");

  constructor(readonly engine: Engine, seed: number, readonly trace: Trace) {
    const random = new SeededRandom(seed);
    this.random = random;
    this.scheduler = new Scheduler(random.split(), trace);
    this.faults = new Faults(drawFaultRates(random.split()), random.split());
    this.policy = drawPolicy(random);
    this.backend = drawBackend(random);
    const { scheduler, faults, policy, backend } = this;
    const limits = { ...SQLITE_LIMITS, queues: backend.queues, checks: backend.checksAnAtomic };
    const database = new FakeDatabase(() => scheduler.nowMs, limits);
    const postOffice = new PostOffice(database, scheduler, faults);
    this.database = database;
    this.journal = new JournalWatch(this.breaches, policy);
    this.rows = new RowsWatch(this.breaches, this.journal);
    this.log = new LogWatch(this.breaches, this.journal, sha256);
    this.answers = new AnswerWatch(this.breaches, this.journal);
    this.#watch();
    const checkpointMs = random.pick([10, 50, 200, 1_000]);
    const trouble = (error: unknown) => this.trouble(error);
    const surroundings = { scheduler, faults, database, postOffice };
    const holdsPending = () => this.journal.pendingHolds > 0;
    const more = { engine, backend, policy, checkpointMs, holdsPending, trouble };
    const plan = { ...surroundings, ...more };
    this.processes = Array.from(
      { length: random.pick([1, 2, 2, 3]) },
      (_, index) =>
        new SimulatedProcess(`process ${index + 1}`, { ...plan, random: random.split() }),
    );
    this.trader = new Trader(this, random.split());
    this.customers = new Customers(this, random.split());
    scheduler.beforeStep = () => this.#mishaps();
    scheduler.busy = () => database.entriesGiven;
  }

  /** Opens the book and starts every process. */
  start(): void {
    this.trader.open();
    for (const process of this.processes) process.start();
  }

  /** From here on nothing goes wrong, and every process runs, at a time when all holds are dead. */
  heal(): void {
    this.faults.stop();
    for (const process of this.processes) {
      if (this.random.chance(0.3)) process.kill();
      process.start();
      process.skewMs = AFTER_ALL_MS;
    }
  }

  /** Somebody met an error: unless a fault was injected, it is a defect. */
  trouble(error: unknown): void {
    if (isInjected(error)) return;
    this.breaches.add(error instanceof Error ? error.stack ?? error.message : String(error));
  }

  /** Counts something that is worth to be seen to happen. */
  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  #watch(): void {
    this.database.observers.push((changes, versionstamp) => {
      this.trace.mix(parseInt(versionstamp.slice(0, 16), 16));
      const facts = storedFacts(changes);
      for (const { entries } of facts.pages) {
        for (const entry of entries) this.answers.stored(entry);
      }
      this.journal.take(facts);
      this.rows.take(facts);
      this.log.take(facts);
    });
  }

  /** What can happen between any two steps. */
  #mishaps(): void {
    const { faults, random, scheduler } = this;
    faults.step();
    if (faults.crashes()) {
      const process = random.pick(this.processes);
      this.trace.note(process.name, "crashes");
      process.kill();
      scheduler.after(faults.someTimeMs(), {
        actor: this.#actor,
        what: "starts a process",
        run: () => process.start(),
      });
    }
    if (faults.forgets()) random.pick(this.processes).forget();
    if (faults.clockJumps()) {
      const process = random.pick(this.processes);
      process.skewMs = random.between(-LONGEST_JUMP_MS, LONGEST_JUMP_MS);
      this.trace.note(process.name, "has its clock moved", process.skewMs);
    }
  }
}

/** The policy in force, with limits that are often reached. */
function drawPolicy(random: SeededRandom): Policy {
  return {
    ...DEFAULT_POLICY,
    commitAttempts: random.pick([1, 2, 3, 8]),
    waitingAtMost: random.pick([2, 30, 10_000]),
    holdMs: random.pick([3, 40, 1_000, 30_000]),
    rounding: random.pick(["floor", "halfUp"]),
    drainBatch: random.pick([1, 2, 7, 200]),
    logBehindAtMost: random.pick([3, 50, 4_000]),
  };
}

/** A database of one of the kinds there are. */
function drawBackend(random: SeededRandom): KvBackend {
  return {
    ...SQLITE_BACKEND,
    queues: random.chance(0.7),
    checksAnAtomic: random.pick([10, 100, 100]),
  };
}

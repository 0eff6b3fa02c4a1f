import { createHash } from "node:crypto";
import { SQLITE_BACKEND } from "../../lib/adapters/deno_kv/kv_backend.ts";
import { DEFAULT_POLICY, type Policy } from "../../lib/app/policy.ts";
import { Customers } from "./customers.ts";
import type { Engine } from "./engine.ts";
import { FakeDatabase } from "./fake_kv/fake_database.ts";
import { SQLITE_LIMITS } from "./fake_kv/kv_limits.ts";
import { drawFaultRates, Faults } from "./faults.ts";
import { AnswerWatch } from "./invariants/answer_watch.ts";
import { Breaches } from "./invariants/breaches.ts";
import { ChainWatch } from "./invariants/chain_watch.ts";
import { LogWatch } from "./invariants/log_watch.ts";
import { storedFacts } from "./invariants/stored_facts.ts";
import { PostOffice } from "./post_office.ts";
import { Actor, Scheduler } from "./scheduler.ts";
import { SeededRandom } from "./seeded_random.ts";
import { SimulatedProcess } from "./simulated_process.ts";
import type { Trace } from "./trace.ts";
import { Trader } from "./trader.ts";

/** How far a clock jumps at most, either way: a bit more than a day. */
const LONGEST_JUMP_MS = 100_000_000;

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
  readonly chains: ChainWatch;
  readonly log: LogWatch;
  readonly answers: AnswerWatch;
  readonly sha256 = sha256;
  readonly #actor = new Actor("world");

  constructor(engine: Engine, seed: number, readonly trace: Trace) {
    const random = new SeededRandom(seed);
    this.random = random;
    this.scheduler = new Scheduler(random.split(), trace);
    this.faults = new Faults(drawFaultRates(random.split()), random.split());
    const policy = drawPolicy(random);
    const queues = random.chance(0.7);
    const { scheduler, faults } = this;
    const database = new FakeDatabase(() => scheduler.nowMs, { ...SQLITE_LIMITS, queues });
    const postOffice = new PostOffice(database, scheduler, faults);
    this.database = database;
    this.chains = new ChainWatch(this.breaches, policy);
    this.log = new LogWatch(this.breaches, this.chains, sha256);
    this.answers = new AnswerWatch(this.breaches, this.chains);
    this.#watch();
    const backend = { ...SQLITE_BACKEND, queues };
    const plan = { engine, backend, policy, sha256, scheduler, faults, database, postOffice };
    this.processes = Array.from(
      { length: random.pick([1, 2, 2, 3]) },
      (_, index) =>
        new SimulatedProcess(`process ${index + 1}`, { ...plan, random: random.split() }),
    );
    this.trader = new Trader(database, random.split());
    this.customers = new Customers(this, random.split());
    scheduler.beforeStep = () => this.#mishaps();
  }

  /** Opens the book and starts every process. */
  start(): void {
    this.trader.open();
    for (const process of this.processes) process.start();
  }

  /** From here on nothing goes wrong, and every process runs. */
  heal(): void {
    this.faults.stop();
    for (const process of this.processes) {
      if (this.random.chance(0.3)) process.kill();
      process.start();
    }
  }

  #watch(): void {
    this.database.observers.push((changes, versionstamp) => {
      this.trace.mix(parseInt(versionstamp.slice(0, 16), 16));
      const facts = storedFacts(changes);
      for (const entry of facts.entries) this.answers.stored(entry);
      this.chains.take(facts);
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
    waitingPerAccount: random.pick([1, 3, 1_000]),
    drainBatch: random.pick([1, 2, 7, 200]),
  };
}

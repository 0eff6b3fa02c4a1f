import type { SeededRandom } from "./seeded_random.ts";

/** What becomes of a commit that reaches the database. Named by what is stored and what is told. */
export type CommitFate =
  | "storedAndTold"
  /** Nothing is stored, and the caller hears of a failure that leaves it open. */
  | "lostBeforeStored"
  /** It is stored, and the caller hears of a failure that leaves it open. */
  | "storedButUntold"
  /** The caller hears of the failure first; it is stored some time later. */
  | "storedAfterFailure"
  /** Certainly nothing is stored, and the caller can know that. */
  | "locked"
  /** A client in between sends it again by itself, and tells what became of the second one. */
  | "resent";

/** What becomes of a message that is about to be delivered. */
export type MessageFate = "delivered" | "dropped" | "repeated" | "late";

/** Probabilities: of a commit, a read, any call, a message, or any step, as the name says. */
export interface FaultRates {
  readonly commits: Readonly<Record<Exclude<CommitFate, "storedAndTold">, number>>;
  readonly messages: Readonly<Record<Exclude<MessageFate, "delivered">, number>>;
  readonly readFails: number;
  readonly callIsSlow: number;
  readonly crashes: number;
  readonly clockJumps: number;
  /** Of a process to drop what it remembers. */
  readonly forgets: number;
  /** Of a storm to begin. */
  readonly storms: number;
}

/** How much likelier everything gets in a storm, and how many steps the longest one lasts. */
const STORM_FACTOR = 10;
const LONGEST_STORM = 250;

/** Each fault is in a run or not, so that some runs are of one fault alone, and some of many. */
const IN_RUN = 0.5;

/** The menu of one run. A few runs have no faults at all: order alone has to be right too. */
export function drawFaultRates(random: SeededRandom): FaultRates {
  const quiet = random.chance(0.05);
  // Small rates come as often as large ones: what needs two faults needs work done between them.
  const upTo = (most: number) =>
    quiet || !random.chance(IN_RUN) ? 0 : most * 10 ** (-2 * random.fraction());
  return {
    commits: {
      lostBeforeStored: upTo(0.2),
      storedButUntold: upTo(0.2),
      storedAfterFailure: upTo(0.1),
      locked: upTo(0.3),
      resent: upTo(0.1),
    },
    messages: { dropped: upTo(0.5), repeated: upTo(0.3), late: upTo(0.5) },
    readFails: upTo(0.2),
    callIsSlow: upTo(0.1),
    crashes: upTo(0.004),
    clockJumps: upTo(0.004),
    forgets: upTo(0.02),
    storms: upTo(0.004),
  };
}

/** Decides, fault by fault, what goes wrong now, and counts it. */
export class Faults {
  readonly counts = new Map<string, number>();
  #stopped = false;
  /** How many steps of a storm are left; what needs several faults in a row happens in storms. */
  #stormSteps = 0;

  constructor(readonly rates: FaultRates, readonly random: SeededRandom) {}

  /** From here on nothing goes wrong any more. */
  stop(): void {
    this.#stopped = true;
  }

  /** Called before each step: begins a storm at times, or brings its end nearer. */
  step(): void {
    if (this.#stormSteps > 0) this.#stormSteps--;
    else if (this.#happens("storm", this.rates.storms)) {
      this.#stormSteps = this.random.between(1, LONGEST_STORM);
    }
  }

  commitFate(): CommitFate {
    return this.#fate(this.rates.commits) ?? "storedAndTold";
  }

  messageFate(): MessageFate {
    return this.#fate(this.rates.messages) ?? "delivered";
  }

  readFails(): boolean {
    return this.#happens("readFails", this.rates.readFails);
  }

  crashes(): boolean {
    return this.#happens("crash", this.rates.crashes);
  }

  clockJumps(): boolean {
    return this.#happens("clockJump", this.rates.clockJumps);
  }

  forgets(): boolean {
    return this.#happens("forget", this.rates.forgets);
  }

  /** Whether nothing comes between what a call does and what it answers; often enough to save time. */
  answersAtOnce(): boolean {
    return this.random.chance(0.6);
  }

  /** How long a call is kept waiting; mostly not at all. */
  slownessMs(): number {
    return this.#happens("slowCall", this.rates.callIsSlow) ? this.someTimeMs() : 0;
  }

  /** From a hundredth of a millisecond to ten seconds; the short ones as often as the long ones. */
  someTimeMs(): number {
    return 10 ** (6 * this.random.fraction() - 2);
  }

  #fate<Fate extends string>(rates: Readonly<Record<Fate, number>>): Fate | null {
    if (this.#stopped) return null;
    let left = this.random.fraction();
    for (const fate in rates) {
      left -= rates[fate] * this.#factor();
      if (left < 0) {
        this.#count(fate);
        return fate;
      }
    }
    return null;
  }

  #happens(fault: string, rate: number): boolean {
    if (this.#stopped || rate === 0) return false;
    if (!this.random.chance(rate * this.#factor())) return false;
    this.#count(fault);
    return true;
  }

  #factor(): number {
    return this.#stormSteps > 0 ? STORM_FACTOR : 1;
  }

  #count(fault: string): void {
    this.counts.set(fault, (this.counts.get(fault) ?? 0) + 1);
  }
}

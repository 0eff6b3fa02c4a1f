import { assertEquals } from "@std/assert";
import type { SeededRandom } from "../sim/seeded_random.ts";
import type { Bettor, LegAsked } from "./bettor.ts";
import {
  type Answer,
  type Ask,
  assertClean,
  decides,
  insist,
  make,
  type Remembered,
} from "./remembered.ts";

/** More than any customer has, and less than the most that may be staked. */
const TOO_MUCH_MINOR = 1_000_000;

/** Requests at most in a row that may come back undecided: more, and the server is not getting on. */
const UNDECIDED_AT_MOST = 100;

/** How a customer works. */
export interface Work {
  /** Where each request goes, to all of them at once: servers on one database. */
  readonly urls: readonly string[];
  /** Asked before each request. */
  goOn(): boolean;
  /** Told what came back, in the order of `urls`, each time a request was made. */
  heard(answers: readonly (Answer | null)[]): void;
}

/**
 * A program that places bets and holds on an account, one after the other, and remembers each request
 * and its answer. Its choices follow from its seed and from the answers.
 */
export class Customer {
  readonly remembered: Remembered[] = [];
  /** Its hold, as far as it knows. */
  #holdId: string | null = null;

  constructor(
    readonly bettor: Bettor,
    readonly options: {
      readonly name: string;
      readonly random: SeededRandom;
      readonly legs: readonly LegAsked[];
      readonly mostMinor: number;
    },
  ) {}

  /** The requests that no answer has decided. */
  get open(): readonly Remembered[] {
    return this.remembered.filter(({ answer }) => answer === null);
  }

  /** Works until it is told to stop, or every server is gone. */
  async work({ urls, goOn, heard }: Work): Promise<void> {
    let undecided = 0;
    for (let remembered = this.#next(); goOn(); remembered = this.#next()) {
      this.remembered.push(remembered);
      while (remembered.answer === null) {
        const answers = await Promise.all(urls.map((url) => make(url, remembered.ask)));
        this.#learn(remembered, answers);
        if (answers.every((answer) => answer === null)) return;
        heard(answers);
        undecided = remembered.answer ? 0 : undecided + 1;
        if (undecided > UNDECIDED_AT_MOST) throw new Error(`undecided: ${answers[0]?.text}`);
        if (!goOn()) return;
      }
    }
  }

  /** Makes what was left open again, until all of it is decided. */
  async settle(url: string): Promise<void> {
    for (const remembered of this.open) {
      this.#learn(remembered, [await insist(url, remembered.ask)]);
    }
  }

  #learn(remembered: Remembered, answers: readonly (Answer | null)[]): void {
    for (const answer of answers) {
      if (answer === null) continue;
      if (!decides(answer)) assertClean(answer);
      else if (remembered.answer === null) remembered.answer = answer;
      else {
        const { status, text } = remembered.answer;
        assertEquals([answer.status, answer.text], [status, text], remembered.ask.requestId);
      }
    }
    if (remembered.answer === null) return;
    const { what } = remembered.ask;
    if (what === "confirm" || what === "void") this.#holdId = null;
    if (what === "hold" && remembered.answer.status === 201) {
      this.#holdId = JSON.parse(remembered.answer.text).hold.id;
    }
  }

  #next(): Remembered {
    const { random, name } = this.options;
    const holdId = this.#holdId;
    const what = random.weighted(
      holdId === null
        ? { bet: 6, hold: 3, confirm: 0, void: 0 }
        : { bet: 3, hold: 1, confirm: 3, void: 2 },
    );
    const ofHold = what === "confirm" || what === "void";
    const ask: Ask = {
      bettor: this.bettor,
      requestId: `${name}-${this.remembered.length + 1}`,
      what,
      holdId: ofHold ? holdId : null,
      body: ofHold ? "" : this.#body(),
    };
    return { ask, answer: null };
  }

  #body(): string {
    const { random, legs, mostMinor } = this.options;
    const stakeMinor = random.chance(0.02) ? TOO_MUCH_MINOR : random.between(1, mostMinor);
    return JSON.stringify({ legs: [random.pick(legs)], stakeMinor });
  }
}

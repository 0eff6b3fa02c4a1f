import type { SeededRandom } from "../sim/seeded_random.ts";

/** How often of a hundred a call meets each fate; the rest goes well. */
const LOST = 6;
const ANSWER_LOST = 6;
const LATE = 4;

/** Turns of the event loop that a call, or an answer, may take. */
const TURNS_AT_MOST = 4;

/** What calls between objects meet: they are slow, get lost, lose their answers, or arrive late. */
export class FaultyCalls {
  /** Calls whose callers have given them up and that are yet to arrive. */
  readonly #late: Promise<unknown>[] = [];
  /** Whether everything goes well from now on. */
  healed = false;

  constructor(readonly random: SeededRandom) {}

  /** The target as somebody far away calls it. */
  through<Calls extends object>(target: () => Calls): Calls {
    return new Proxy({} as Calls, {
      get: (_, method) => (...args: readonly unknown[]) =>
        this.#call(() => {
          const callee: object = target();
          return Reflect.get(callee, method).apply(callee, structuredClone(args));
        }),
    });
  }

  /** Waits for calls that are still on their way. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.#late.splice(0));
  }

  async #call(call: () => Promise<unknown>): Promise<unknown> {
    await this.#pause();
    const fate = this.healed ? 100 : this.random.between(1, 100);
    if (fate <= LOST) throw new Error("the call was lost");
    if (fate <= LOST + LATE) {
      this.#late.push(this.#pause(10).then(call));
      throw new Error("the call took too long");
    }
    const answer = await call();
    await this.#pause();
    if (fate <= LOST + LATE + ANSWER_LOST) throw new Error("the answer was lost");
    return structuredClone(answer);
  }

  async #pause(times = 1): Promise<void> {
    for (let turns = times * this.random.between(0, TURNS_AT_MOST); turns > 0; turns--) {
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  }
}

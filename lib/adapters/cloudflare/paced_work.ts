/** How often failed work is tried again by itself; what asks for it next tries as well. */
const ATTEMPTS_AT_MOST = 3;

/**
 * Work that is asked for far more often than it needs to be done. It runs some time after it was first
 * asked for, once for all who asked, so that each run has much to do.
 */
export class PacedWork {
  #waiting = false;

  constructor(
    readonly work: () => Promise<void>,
    readonly how: {
      readonly everyMs: number;
      /** Keeps the object awake for it. */
      readonly later: (work: Promise<unknown>) => void;
      /** What could not be done, in words. */
      readonly trouble: string;
    },
  ) {}

  /** Has it done soon. It may be lost with the object; whoever rests on it has another way. */
  ask(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    this.how.later(this.#run());
  }

  async #run(): Promise<void> {
    for (let attempt = 1; attempt <= ATTEMPTS_AT_MOST; attempt++) {
      await new Promise((resolve) => setTimeout(resolve, this.how.everyMs));
      // What comes during the work needs another run.
      this.#waiting = false;
      try {
        return await this.work();
      } catch (error) {
        console.error(this.how.trouble, error);
      }
      if (this.#waiting) return;
      this.#waiting = true;
    }
    this.#waiting = false;
  }
}

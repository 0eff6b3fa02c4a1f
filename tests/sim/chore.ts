/**
 * Work that a process does again and again. When it found nothing to do it would find the same again,
 * as long as nobody has written since: its timer can then be passed over, and a run in which little
 * happens does not take longer than one in which much does.
 */
export class Chore {
  #running = 0;
  /** At how many writes of the database it last found nothing to do; null when there may be more. */
  #idleAt: number | null = null;

  constructor(
    readonly work: () => Promise<unknown>,
    readonly ground: {
      /** How many writes the database has taken so far. */
      writes(): number;
      /** Whether a result says that there was nothing to do, and will not be until somebody writes. */
      isIdle(result: unknown): boolean;
      /** Hears of what goes wrong. */
      trouble(error: unknown): void;
    },
  ) {}

  /** Does the work; never rejects. */
  async run(): Promise<void> {
    const { ground } = this;
    // One that joins another's work is told what was found before it came.
    const alone = this.#running++ === 0;
    const writes = ground.writes();
    this.#idleAt = null;
    try {
      const idle = ground.isIdle(await this.work());
      if (idle && alone && ground.writes() === writes) this.#idleAt = writes;
    } catch (error) {
      ground.trouble(error);
    } finally {
      this.#running--;
    }
  }

  /** Whether it would certainly find nothing to do. */
  isIdle(): boolean {
    return this.#idleAt === this.ground.writes();
  }
}

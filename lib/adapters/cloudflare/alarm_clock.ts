import type { ObjectStorage } from "./platform.ts";

/**
 * An object's one alarm, set to the earliest time anybody asks for. What is set is remembered, so that
 * asking for a later time costs nothing.
 */
export class AlarmClock {
  /** Undefined until it is known what is set. */
  #setMs: number | null | undefined;

  constructor(
    readonly storage: ObjectStorage,
    /** When the object itself needs to be woken, as its rows say; null for never. */
    readonly neededMs: () => number | null,
  ) {}

  /** Sees to it that the object is woken by then. It is stored with what is written beside it. */
  wakeBy(atMs: number): void {
    const setMs = this.#setMs === undefined ? this.neededMs() : this.#setMs;
    const earliest = setMs === null ? atMs : Math.min(setMs, atMs);
    if (earliest === this.#setMs) return;
    this.#setMs = earliest;
    void this.storage.setAlarm(earliest);
  }

  /**
   * Does the work of an alarm. It is set anew before the work begins, and no failure leaves here: an
   * alarm that keeps failing is dropped by the platform.
   */
  async ring(
    work: () => Promise<void>,
    how: { readonly retryMs: number },
  ): Promise<void> {
    this.#setMs = how.retryMs;
    try {
      await this.storage.setAlarm(how.retryMs);
      await work();
      const neededMs = this.neededMs();
      this.#setMs = neededMs;
      if (neededMs === null) await this.storage.deleteAlarm();
      else await this.storage.setAlarm(neededMs);
    } catch (error) {
      console.error("The work of an alarm failed; it is tried again.", error);
    }
  }
}

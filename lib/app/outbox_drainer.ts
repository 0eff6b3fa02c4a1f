import { extend } from "../audit/chain.ts";
import type { Sha256 } from "../audit/hash.ts";
import type { AuditLog } from "../ports/audit_log.ts";
import type { Backoff } from "../ports/surroundings.ts";

/** How one run of the drainer ended: the outbox was empty, or the log could not be written now. */
export type DrainResult = "empty" | "gave_up";

/**
 * Moves what waits in the outbox into the log, each record once. Wake-ups carry no data and may come
 * late, twice or never; several drainers, in several processes, may run at once: the log's head lets
 * one of them through at a time.
 */
export class OutboxDrainer {
  #running: Promise<DrainResult> | null = null;
  #wokenAgain = false;

  constructor(
    readonly ports: {
      readonly log: AuditLog;
      readonly backoff: Backoff;
      readonly sha256: Sha256;
    },
    readonly limits: {
      readonly drainBatch: number;
      /** Attempts in a row that may fail before it waits for the next wake-up. */
      readonly attempts: number;
    },
  ) {}

  /**
   * Drains until the outbox is empty; the promise is settled after everything that was committed
   * before the call has been tried. Wake-ups during a run share it, and the run looks once more.
   */
  wake(): Promise<DrainResult> {
    this.#wokenAgain = true;
    return this.#running ??= this.#run();
  }

  async #run(): Promise<DrainResult> {
    let result: DrainResult = "empty";
    try {
      // Each round takes off the flag before it reads, so that a wake-up during the read counts.
      while (this.#wokenAgain) {
        this.#wokenAgain = false;
        result = await this.#drain();
      }
      return result;
    } finally {
      // In the same step as the last look at the flag: a wake-up in between would join a run that is
      // over.
      this.#running = null;
    }
  }

  async #drain(): Promise<DrainResult> {
    const { log, backoff, sha256 } = this.ports;
    let failures = 0;
    while (failures < this.limits.attempts) {
      const pending = await log.pending(this.limits.drainBatch);
      if (pending.drafts.length === 0) return "empty";
      const outcome = await log.append(pending, extend(sha256, pending.head, pending.drafts));
      if (outcome === "committed") {
        // What comes after this read is for the next wake-up: large bites are the cheap ones.
        if (!pending.more) return "empty";
        failures = 0;
      } else {
        failures++;
        await backoff.wait(failures);
      }
    }
    return "gave_up";
  }
}

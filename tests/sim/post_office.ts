import type { FakeDatabase } from "./fake_kv/fake_database.ts";
import type { QueuedMessage } from "./fake_kv/fake_queue.ts";
import { readable } from "./fake_kv/stored_value.ts";
import type { Faults } from "./faults.ts";
import { Actor, type Scheduler } from "./scheduler.ts";

interface Listener {
  readonly actor: Actor;
  readonly handler: (message: unknown) => unknown;
}

/** A message that is kept by a dead handler is due again after this; see the queue's own deadline. */
const LOOK_AGAIN_MS = 60_001;

/**
 * Delivers a database's queue to whoever listens: to any process, in any order, late, twice or never,
 * as the faults have it.
 */
export class PostOffice {
  readonly actor = new Actor("database");
  #listeners: Listener[] = [];

  constructor(
    readonly database: FakeDatabase,
    readonly scheduler: Scheduler,
    readonly faults: Faults,
  ) {
    database.queue.onWaiting = (dueAtMs) => this.#deliverAfter(dueAtMs - scheduler.nowMs);
  }

  /** Delivers to the handler until the process is closed; what waited for a listener comes now. */
  listen(actor: Actor, handler: Listener["handler"]): Promise<void> {
    this.#listeners.push({ actor, handler });
    for (const { dueAtMs } of this.database.queue.waiting) {
      this.#deliverAfter(dueAtMs - this.scheduler.nowMs);
    }
    return new Promise(() => {});
  }

  /** The process listens no more. */
  leave(actor: Actor): void {
    this.#listeners = this.#listeners.filter((listener) => listener.actor !== actor);
  }

  #deliverAfter(delayMs: number): void {
    this.scheduler.after(delayMs, {
      actor: this.actor,
      what: "delivers",
      run: () => this.#deliver(),
    });
  }

  #deliver(): void {
    const { queue } = this.database;
    const { random } = this.faults;
    if (this.#listeners.length === 0) return;
    const message = queue.take((count) => random.below(count));
    if (!message) return;
    switch (this.faults.messageFate()) {
      case "dropped":
        return queue.acknowledge(message);
      case "late":
        message.dueAtMs = this.scheduler.nowMs + this.faults.someTimeMs();
        return queue.putBack(message);
      case "repeated":
        queue.repeat(message);
        return this.#handOver(message, random.pick(this.#listeners));
      case "delivered":
        return this.#handOver(message, random.pick(this.#listeners));
    }
  }

  #handOver(message: QueuedMessage, { actor, handler }: Listener): void {
    const { queue } = this.database;
    // Should the process die over it, the queue's deadline brings the message back.
    this.#deliverAfter(LOOK_AGAIN_MS);
    const finish = (what: string, run: () => void) => this.scheduler.soon({ actor, what, run });
    Promise.resolve(readable(message.stored)).then(handler).then(
      () => finish("acknowledges", () => queue.acknowledge(message)),
      () => finish("fails a message", () => queue.reject(message)),
    );
  }
}

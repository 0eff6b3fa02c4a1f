import type { CallGate, CallKind } from "./call_gate.ts";
import type { FakeDatabase } from "./fake_database.ts";
import { readable } from "./stored_value.ts";

/**
 * Lets every call through at once, so that a fake database can be used like a real one; messages are
 * delivered when they are asked for.
 */
export class StraightGate implements CallGate {
  readonly #handlers: ((message: unknown) => unknown)[] = [];
  readonly #closed = Promise.withResolvers<void>();

  constructor(readonly database: FakeDatabase) {}

  // deno-lint-ignore require-await -- what the effect throws is to be a rejection
  async pass<Result>(_kind: CallKind, effect: () => Result): Promise<Result> {
    return effect();
  }

  async listen(handler: (message: unknown) => unknown): Promise<void> {
    this.#handlers.push(handler);
    await this.#closed.promise;
  }

  close(): void {
    this.#closed.resolve();
  }

  /** Delivers everything that is due, one message after another; answers how many there were. */
  async deliver(): Promise<number> {
    let delivered = 0;
    const [handler] = this.#handlers;
    if (!handler) return delivered;
    const { queue } = this.database;
    for (let message = queue.take(() => 0); message; message = queue.take(() => 0)) {
      delivered++;
      try {
        await handler(readable(message.stored));
        queue.acknowledge(message);
      } catch {
        queue.reject(message);
      }
    }
    return delivered;
  }
}

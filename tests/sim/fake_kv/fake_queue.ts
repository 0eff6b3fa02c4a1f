import type { EnqueuedMessage } from "./kv_limits.ts";

/** Where Deno KV tries again after a failed delivery, unless the message says otherwise. */
export const DEFAULT_BACKOFF_MS: readonly number[] = [100, 1_000, 5_000, 30_000, 60_000];

/** A handler that has not answered for so long is taken to be dead; the message is delivered again. */
const DELIVERY_DEADLINE_MS = 60_000;

/** A message that waits, or that is being delivered. */
export interface QueuedMessage extends EnqueuedMessage {
  readonly id: number;
  /** From when on it may be delivered. */
  dueAtMs: number;
  failures: number;
}

/**
 * The queue of one database: at least once, in no order, with delays and a bounded number of
 * retries. Who delivers what to whom and when is up to whoever runs it.
 */
export class FakeQueue {
  readonly waiting: QueuedMessage[] = [];
  readonly #delivering = new Map<QueuedMessage, number>();
  /** Called whenever there may be something to deliver, now or at a later time. */
  onWaiting: (dueAtMs: number) => void = () => {};
  #messages = 0;

  constructor(
    readonly nowMs: () => number,
    /** Takes a message that nobody could handle. */
    readonly undelivered: (message: QueuedMessage) => void,
  ) {}

  put(message: EnqueuedMessage): void {
    const dueAtMs = this.nowMs() + message.delayMs;
    this.#wait({ ...message, id: ++this.#messages, dueAtMs, failures: 0 });
  }

  /** Takes a message that is due; `choose` says which of so many. Null when none is. */
  take(choose: (count: number) => number): QueuedMessage | null {
    const nowMs = this.nowMs();
    this.#takeBackOverdue(nowMs);
    const due = this.waiting.filter((message) => message.dueAtMs <= nowMs);
    if (due.length === 0) return null;
    const message = due[choose(due.length)];
    if (!message) throw new RangeError("the chosen message is not there");
    this.waiting.splice(this.waiting.indexOf(message), 1);
    this.#delivering.set(message, nowMs + DELIVERY_DEADLINE_MS);
    return message;
  }

  /** The handler is done with the message: it is gone. */
  acknowledge(message: QueuedMessage): void {
    this.#delivering.delete(message);
  }

  /** The handler threw: the message waits for its next turn, or is dropped after its last. */
  reject(message: QueuedMessage): void {
    if (!this.#delivering.delete(message)) return;
    const backoffMs = message.backoffMs[message.failures++];
    if (backoffMs === undefined) {
      this.undelivered(message);
      return;
    }
    message.dueAtMs = this.nowMs() + backoffMs;
    this.#wait(message);
  }

  /** Puts a message back that was taken and not delivered, as not due before its time. */
  putBack(message: QueuedMessage): void {
    if (this.#delivering.delete(message)) this.#wait(message);
  }

  /** Puts a copy of a message back, as a delivery whose acknowledgement got lost does. */
  repeat(message: QueuedMessage): void {
    this.put({ ...message, delayMs: 0 });
  }

  #takeBackOverdue(nowMs: number): void {
    for (const [message, deadlineMs] of this.#delivering) {
      if (deadlineMs > nowMs) continue;
      this.#delivering.delete(message);
      message.dueAtMs = nowMs;
      this.#wait(message);
    }
  }

  #wait(message: QueuedMessage): void {
    this.waiting.push(message);
    this.onWaiting(message.dueAtMs);
  }
}

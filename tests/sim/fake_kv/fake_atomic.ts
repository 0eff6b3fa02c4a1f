import type { FakeKv } from "./fake_kv.ts";
import { DEFAULT_BACKOFF_MS } from "./fake_queue.ts";
import { keyText } from "./key_text.ts";
import type { EnqueuedMessage } from "./kv_limits.ts";
import { stored, type StoredValue } from "./stored_value.ts";

/** The longest delay of a message: 30 days. */
const LONGEST_DELAY_MS = 30 * 24 * 60 * 60 * 1_000;

/** The most and the longest waits that a message may ask for. */
const MOST_BACKOFFS = 5;
const LONGEST_BACKOFF_MS = 60 * 60 * 1_000;

interface KeyedMutation {
  readonly key: Deno.KvKey;
  readonly stored: StoredValue | null;
  readonly expireInMs: number | null;
}

/** One atomic write being put together. Values are copied when they are given. */
export class FakeAtomic implements Deno.AtomicOperation {
  readonly #checks: Deno.AtomicCheck[] = [];
  readonly #mutations: KeyedMutation[] = [];
  readonly #messages: EnqueuedMessage[] = [];

  constructor(readonly kv: FakeKv) {}

  check(...checks: Deno.AtomicCheck[]): this {
    this.#checks.push(...checks.map(({ key, versionstamp }) => ({ key, versionstamp })));
    return this;
  }

  set(key: Deno.KvKey, value: unknown, options: { expireIn?: number } = {}): this {
    const expireInMs = options.expireIn ?? null;
    if (expireInMs !== null && !(expireInMs >= 0 && Number.isSafeInteger(expireInMs))) {
      throw new TypeError(`expireIn must be a non-negative integer: received ${expireInMs}`);
    }
    this.#mutations.push({ key, stored: stored(value), expireInMs });
    return this;
  }

  delete(key: Deno.KvKey): this {
    this.#mutations.push({ key, stored: null, expireInMs: null });
    return this;
  }

  mutate(...mutations: Deno.KvMutation[]): this {
    for (const mutation of mutations) {
      if (mutation.type === "set") this.set(mutation.key, mutation.value, optionsOf(mutation));
      else if (mutation.type === "delete") this.delete(mutation.key);
      else notOnMoney(mutation.type);
    }
    return this;
  }

  sum(): this {
    return notOnMoney("sum");
  }

  min(): this {
    return notOnMoney("min");
  }

  max(): this {
    return notOnMoney("max");
  }

  enqueue(value: unknown, options: Parameters<Deno.AtomicOperation["enqueue"]>[1] = {}): this {
    const { delay = 0, keysIfUndelivered = [], backoffSchedule = DEFAULT_BACKOFF_MS } = options;
    if (!(delay >= 0)) throw new TypeError(`Delay must be >= 0: received ${delay}`);
    if (delay > LONGEST_DELAY_MS) {
      throw new TypeError(`Delay cannot be greater than 30 days: received ${delay}`);
    }
    if (backoffSchedule.length > MOST_BACKOFFS) {
      throw new TypeError(`Invalid backoffSchedule, max ${MOST_BACKOFFS} intervals allowed`);
    }
    if (!backoffSchedule.every((waitMs) => waitMs >= 0 && waitMs <= LONGEST_BACKOFF_MS)) {
      throw new TypeError("Invalid backoffSchedule");
    }
    this.#messages.push({
      stored: stored(value),
      delayMs: delay,
      backoffMs: [...backoffSchedule],
      keysIfUndelivered,
    });
    return this;
  }

  async commit(): Promise<Deno.KvCommitResult | Deno.KvCommitError> {
    this.kv.assertOpen();
    return await this.kv.gate.pass("commit", () => {
      const versionstamp = this.kv.database.write({
        checks: this.#checks.map(({ key, versionstamp = null }) => ({
          text: keyText(key),
          versionstamp,
        })),
        mutations: this.#mutations.map((mutation) => ({
          ...mutation,
          text: keyText(mutation.key),
        })),
        messages: this.#messages,
      });
      return versionstamp === null ? { ok: false } : { ok: true, versionstamp };
    });
  }
}

function optionsOf(mutation: { readonly expireIn?: number }): { expireIn?: number } {
  return mutation.expireIn === undefined ? {} : { expireIn: mutation.expireIn };
}

function notOnMoney(operation: string): never {
  throw new Error(`${operation}() is not used on money: a failing one can be half applied`);
}

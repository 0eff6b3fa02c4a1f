import type { CallGate } from "./call_gate.ts";
import { FakeAtomic } from "./fake_atomic.ts";
import type { FakeDatabase } from "./fake_database.ts";
import { FakeListIterator } from "./fake_list.ts";

/**
 * A handle on a simulated Deno KV database: the methods that the project uses, with the real
 * database's semantics, limits and errors, which a differential test compares. What the project must
 * not use on money (`sum`, `min`, `max`), or does not use yet (`watch`), throws.
 */
export class FakeKv implements Deno.Kv {
  #closed = false;

  constructor(readonly database: FakeDatabase, readonly gate: CallGate) {}

  async get<T = unknown>(key: Deno.KvKey): Promise<Deno.KvEntryMaybe<T>> {
    this.assertOpen();
    return await this.gate.pass("get", () => this.database.read(key)) as Deno.KvEntryMaybe<T>;
  }

  async getMany<T extends readonly unknown[]>(
    keys: readonly [...{ [K in keyof T]: Deno.KvKey }],
  ): Promise<{ [K in keyof T]: Deno.KvEntryMaybe<T[K]> }> {
    this.assertOpen();
    const { keysARead } = this.database.limits;
    const entries = await this.gate.pass("get", () => {
      if (keys.length > keysARead) throw new TypeError(`Too many ranges (max ${keysARead})`);
      return keys.map((key) => this.database.read(key));
    });
    return entries as { [K in keyof T]: Deno.KvEntryMaybe<T[K]> };
  }

  async set(
    key: Deno.KvKey,
    value: unknown,
    options?: { expireIn?: number },
  ): Promise<Deno.KvCommitResult> {
    return committed(await this.atomic().set(key, value, options).commit());
  }

  async delete(key: Deno.KvKey): Promise<void> {
    await this.atomic().delete(key).commit();
  }

  async enqueue(
    value: unknown,
    options?: Parameters<Deno.Kv["enqueue"]>[1],
  ): Promise<Deno.KvCommitResult> {
    return committed(await this.atomic().enqueue(value, options).commit());
  }

  list<T = unknown>(
    selector: Deno.KvListSelector,
    options: Deno.KvListOptions = {},
  ): Deno.KvListIterator<T> {
    return new FakeListIterator<T>(this, selector, options);
  }

  atomic(): Deno.AtomicOperation {
    return new FakeAtomic(this);
  }

  // deno-lint-ignore no-explicit-any -- as in the real signature
  async listenQueue(handler: (value: any) => Promise<void> | void): Promise<void> {
    this.assertOpen();
    await this.gate.listen(handler);
  }

  watch(): never {
    throw new Error("watch() is not simulated");
  }

  commitVersionstamp(): never {
    throw new Error("commitVersionstamp() is not simulated");
  }

  close(): void {
    this.assertOpen();
    this.#closed = true;
    this.gate.close();
  }

  [Symbol.dispose](): void {
    if (!this.#closed) this.close();
  }

  /** Throws when the handle was closed. */
  assertOpen(): void {
    if (this.#closed) throw new Deno.errors.BadResource("Bad resource ID");
  }
}

function committed(result: Deno.KvCommitResult | Deno.KvCommitError): Deno.KvCommitResult {
  if (!result.ok) throw new Error("a write without checks cannot conflict");
  return result;
}

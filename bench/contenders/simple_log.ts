import { accountIdAt } from "../book.ts";
import type { AuditWatch } from "../contender.ts";
import { hasRecord } from "./has_record.ts";

interface Head {
  readonly size: number;
  readonly hash: Uint8Array<ArrayBuffer>;
}

interface LoggedRecord {
  readonly seq: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly hash: Uint8Array<ArrayBuffer>;
}

const RECORDS_A_WRITE = 200;
const EMPTY: Head = { size: 0, hash: new Uint8Array(32) };

/** A hash-chained log in Deno KV, filled from an outbox, as plain as it can be and still exact. */
export class SimpleLog implements AuditWatch {
  #running: Promise<void> | null = null;
  #wokenAgain = false;

  constructor(readonly kv: Deno.Kv, readonly sha256: (bytes: Uint8Array) => Uint8Array) {}

  wake(): void {
    this.#wokenAgain = true;
    this.#running ??= this.#run().finally(() => this.#running = null);
  }

  /** Settled when everything that was committed before the call is in the log. */
  async drained(): Promise<void> {
    this.wake();
    await this.#running;
  }

  async size(): Promise<number> {
    return (await this.kv.get<Head>(["log", "head"])).value?.size ?? 0;
  }

  has(
    record: { readonly accountIndex: number; readonly requestId: string; readonly after: number },
  ): Promise<boolean> {
    return hasRecord(record.requestId, record.after, async (after, limit) => {
      const prefix = ["log", "account", accountIdAt(record.accountIndex)];
      const selector = { prefix, start: [...prefix, after + 1] };
      const rows = await Array.fromAsync(this.kv.list<string>(selector, { limit }));
      return rows.map(({ key, value }) => ({ seq: Number(key.at(-1)), text: value }));
    });
  }

  async #run(): Promise<void> {
    while (this.#wokenAgain) {
      this.#wokenAgain = false;
      while (await this.#appendSome()) { /* until the outbox is empty */ }
    }
  }

  async #appendSome(): Promise<boolean> {
    const seen = await this.kv.get<Head>(["log", "head"]);
    const rows = await Array.fromAsync(
      this.kv.list<{ accountId: string; requestId: string }>({ prefix: ["outbox"] }, {
        limit: RECORDS_A_WRITE,
      }),
    );
    if (rows.length === 0) return false;
    let head = seen.value ?? EMPTY;
    const atomic = this.kv.atomic().check(seen);
    for (const { key, value } of rows) {
      const seq = head.size + 1;
      const bytes = encoder.encode(JSON.stringify({ seq, ...value }));
      head = { size: seq, hash: new Uint8Array(this.sha256(joined(head.hash, bytes))) };
      const record: LoggedRecord = { seq, bytes, hash: head.hash };
      atomic.set(["log", "record", seq], record);
      atomic.set(["log", "account", value.accountId, seq], value.requestId);
      atomic.delete(key);
    }
    try {
      await atomic.set(["log", "head"], head).commit();
    } catch (error) {
      if (!(error instanceof Error && error.message.includes("database is locked"))) throw error;
    }
    return true;
  }
}

const encoder = new TextEncoder();

function joined(before: Uint8Array, bytes: Uint8Array): Uint8Array {
  const both = new Uint8Array(before.length + bytes.length);
  both.set(before);
  both.set(bytes, before.length);
  return both;
}

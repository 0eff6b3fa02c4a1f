import { DatabaseSync } from "node:sqlite";
import type {
  ObjectStorage,
  SqlRow,
  SqlStorage,
  SqlValue,
} from "../../lib/adapters/cloudflare/platform.ts";

/** An object's storage in this process, for what needs no workerd. Its alarm is only noted. */
export class SqliteStorage implements ObjectStorage {
  readonly #database = new DatabaseSync(":memory:");
  /** What the alarm is set to; null for none. */
  alarmMs: number | null = null;
  /** Every time that the alarm was set to. */
  readonly alarms: number[] = [];
  /** How many transactions have been stored. */
  transactions = 0;

  readonly sql: SqlStorage = {
    exec: <Row extends SqlRow>(statement: string, ...values: SqlValue[]) => {
      const rows = this.#database.prepare(statement).all(
        ...values.map((value) => value instanceof ArrayBuffer ? new Uint8Array(value) : value),
      ).map((row) => ({ ...row })) as Row[];
      return { toArray: () => rows, [Symbol.iterator]: () => rows.values() };
    },
  };

  transactionSync<Result>(write: () => Result): Result {
    this.#database.exec("begin");
    try {
      const result = write();
      this.#database.exec("commit");
      this.transactions++;
      return result;
    } catch (error) {
      this.#database.exec("rollback");
      throw error;
    }
  }

  sync(): Promise<void> {
    return Promise.resolve();
  }

  getAlarm(): Promise<number | null> {
    return Promise.resolve(this.alarmMs);
  }

  setAlarm(atMs: number): Promise<void> {
    this.alarmMs = atMs;
    this.alarms.push(atMs);
    return Promise.resolve();
  }

  deleteAlarm(): Promise<void> {
    this.alarmMs = null;
    return Promise.resolve();
  }
}

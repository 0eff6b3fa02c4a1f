import { DurableObject } from "cloudflare:workers";
import { D1Records } from "../lib/adapters/cloudflare/d1_records.ts";
import type { LogCalls, Taken } from "../lib/adapters/cloudflare/log_calls.ts";
import { LogMirror } from "../lib/adapters/cloudflare/log_mirror.ts";
import { LogTables } from "../lib/adapters/cloudflare/log_tables.ts";
import { LogWriter } from "../lib/adapters/cloudflare/log_writer.ts";
import type { Parcel } from "../lib/adapters/cloudflare/parcel.ts";
import type { ObjectState } from "../lib/adapters/cloudflare/platform.ts";
import type { Head, StoredRecord } from "../lib/audit/chain.ts";
import type { LedgerBindings } from "./bindings.ts";
import { SURROUNDINGS } from "./surroundings.ts";

/** When the tables for queries are looked after again, should a write to them have failed. */
const LOOK_AFTER_MS = 10_000;

/** The log: one sequence of records, each tied to all before it. */
export class LogObject extends DurableObject<LedgerBindings> implements LogCalls {
  readonly #tables: LogTables;
  readonly #writer: LogWriter;
  readonly #mirror: LogMirror;

  constructor(ctx: ObjectState, env: LedgerBindings) {
    super(ctx, env);
    const { storage } = ctx;
    this.#tables = new LogTables(storage.sql);
    const { sha256 } = SURROUNDINGS;
    this.#writer = new LogWriter({ storage, tables: this.#tables, sha256 });
    this.#mirror = new LogMirror(this.#tables, new D1Records(env.RECORDS));
  }

  head(): Promise<Head> {
    return Promise.resolve(this.#tables.head());
  }

  take(parcels: readonly Parcel[]): Promise<Taken> {
    return Promise.resolve(this.#writer.take(parcels));
  }

  append(before: Head, records: readonly StoredRecord[]) {
    return Promise.resolve(this.#writer.append(before, records));
  }

  reached(chains: readonly string[]): Promise<readonly number[]> {
    return Promise.resolve(chains.map((chain) => this.#tables.reached(chain)));
  }

  read(page: { readonly after: number; readonly limit: number }) {
    return Promise.resolve(this.#tables.read(page));
  }

  unmirrored(
    page: {
      readonly chain: string;
      readonly after: number;
      readonly limit: number;
    },
  ) {
    const mirrored = this.#tables.mirrored();
    const after = Math.max(page.after, mirrored);
    return Promise.resolve({
      mirrored,
      records: this.#tables.readChain({ ...page, after }),
    });
  }

  async mirror(): Promise<void> {
    try {
      await this.#mirror.run();
    } catch (error) {
      await this.ctx.storage.setAlarm(
        SURROUNDINGS.clock.nowMs() + LOOK_AFTER_MS,
      );
      throw error;
    }
  }

  /** Tries again to have the tables for queries follow. */
  async alarm(): Promise<void> {
    await this.mirror().catch((error) => console.error("D1 does not follow the log.", error));
  }
}

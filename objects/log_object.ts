import { DurableObject } from "cloudflare:workers";
import { D1Records } from "../lib/adapters/cloudflare/d1_records.ts";
import type { LogCalls, LogGap } from "../lib/adapters/cloudflare/log_calls.ts";
import { LogMirror } from "../lib/adapters/cloudflare/log_mirror.ts";
import { LogTables } from "../lib/adapters/cloudflare/log_tables.ts";
import { LogWriter } from "../lib/adapters/cloudflare/log_writer.ts";
import { PacedWork } from "../lib/adapters/cloudflare/paced_work.ts";
import type { Parcel } from "../lib/adapters/cloudflare/parcel.ts";
import type { ObjectState } from "../lib/adapters/cloudflare/platform.ts";
import { Standings } from "../lib/adapters/cloudflare/standings.ts";
import type { Head, StoredRecord } from "../lib/audit/chain.ts";
import type { LedgerBindings } from "./bindings.ts";
import { SURROUNDINGS } from "./surroundings.ts";

/** How often D1 and the markets are told what came to the log; until then the log itself answers. */
const MIRROR_EVERY_MS = 1_000;
const TELL_EVERY_MS = 2_000;

/** The log: one sequence of records, each tied to all before it. */
export class LogObject extends DurableObject<LedgerBindings> implements LogCalls {
  readonly #tables: LogTables;
  readonly #writer: LogWriter;
  readonly #standings: Standings;
  readonly #mirroring: PacedWork;
  readonly #telling: PacedWork;

  constructor(ctx: ObjectState, env: LedgerBindings) {
    super(ctx, env);
    const { storage } = ctx;
    const { sha256 } = SURROUNDINGS;
    const tables = new LogTables(storage.sql);
    const mirror = new LogMirror(tables, new D1Records(env.RECORDS));
    const standings = new Standings(env.MARKETS);
    const later = (work: Promise<unknown>) => ctx.waitUntil(work);
    this.#tables = tables;
    this.#writer = new LogWriter({ storage, tables, sha256 });
    this.#standings = standings;
    this.#mirroring = new PacedWork(() => mirror.run(), {
      everyMs: MIRROR_EVERY_MS,
      later,
      trouble: "D1 is behind the log.",
    });
    this.#telling = new PacedWork(() => standings.tell(), {
      everyMs: TELL_EVERY_MS,
      later,
      trouble: "Markets could not be told which bets stand; they ask later.",
    });
  }

  head(): Promise<Head> {
    return Promise.resolve(this.#tables.head());
  }

  take(parcels: readonly Parcel[]): Promise<readonly LogGap[]> {
    const { gaps, standing } = this.#writer.take(parcels);
    this.#standings.add(standing);
    if (standing.length > 0) this.#telling.ask();
    this.#mirroring.ask();
    return Promise.resolve(gaps);
  }

  append(before: Head, records: readonly StoredRecord[]) {
    const outcome = this.#writer.append(before, records);
    this.#mirroring.ask();
    return Promise.resolve(outcome);
  }

  reached(chains: readonly string[]): Promise<readonly number[]> {
    return Promise.resolve(chains.map((chain) => this.#tables.reached(chain)));
  }

  read(page: { readonly after: number; readonly limit: number }) {
    return Promise.resolve(this.#tables.read(page));
  }

  pick(seqs: readonly number[]) {
    return Promise.resolve(this.#tables.pick(seqs));
  }

  unmirrored(page: { readonly chain: string; readonly after: number; readonly limit: number }) {
    const mirrored = this.#tables.mirrored();
    const after = Math.max(page.after, mirrored);
    return Promise.resolve({ mirrored, records: this.#tables.readChain({ ...page, after }) });
  }
}

import type { D1Records } from "./d1_records.ts";
import type { LogTables } from "./log_tables.ts";

/** How many records one write to D1 takes: some sixty kilobytes. */
const RECORDS_A_WRITE = 400;

/** Writes of one run at most; whatever is left then is for the next one. */
const WRITES_A_RUN = 1_000;

/** Has D1 follow the log, from inside the log's object, which remembers how far it has come. */
export class LogMirror {
  #running: Promise<void> | null = null;

  constructor(readonly tables: LogTables, readonly records: D1Records) {}

  /** Writes what is lacking; a call during a run shares it. Throws when D1 would not take it. */
  run(): Promise<void> {
    return this.#running ??= this.#run().finally(() => this.#running = null);
  }

  async #run(): Promise<void> {
    for (let writes = 0; writes < WRITES_A_RUN; writes++) {
      const records = this.tables.read({
        after: this.tables.mirrored(),
        limit: RECORDS_A_WRITE,
      });
      const last = records.at(-1);
      if (!last) return;
      await this.records.write(records);
      this.tables.markMirrored(last.seq);
    }
  }
}

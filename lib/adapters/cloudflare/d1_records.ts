import type { StoredRecord } from "../../audit/chain.ts";
import { decodeRecord, entryOf } from "../../audit/record.ts";
import type { D1Database } from "./platform.ts";

/** A row of the table, as SQLite's JSON functions take it. */
interface Row {
  readonly seq: number;
  readonly id: string;
  readonly chain: string;
  readonly type: string;
  readonly at: string;
}

/**
 * Where in the log the records of each chain are, in D1, for questions about one account or market. It
 * follows the log and is behind it at times; its migrations are in `migrations/`.
 */
export class D1Records {
  constructor(readonly database: D1Database) {}

  /** Notes records, each once however often it is given. All of them, or none. */
  async write(records: readonly StoredRecord[]): Promise<void> {
    await this.database.prepare(
      `insert or ignore into record (seq, id, chain, type, at)
        select value ->> 'seq', value ->> 'id', value ->> 'chain', value ->> 'type', value ->> 'at'
        from json_each(?)`,
    ).bind(JSON.stringify(records.map(rowOf))).run();
  }

  /** The numbers above `after` of a chain's records in the log, in order, at most `limit`. */
  async seqs(
    page: { readonly chain: string; readonly after: number; readonly limit: number },
  ): Promise<readonly number[]> {
    const { chain, after, limit } = page;
    const { results } = await this.database.prepare(
      "select seq from record where chain = ? and seq > ? order by seq limit ?",
    ).bind(chain, after, limit).all<Pick<Row, "seq">>();
    return results.map(({ seq }) => seq);
  }
}

function rowOf({ seq, bytes }: StoredRecord): Row {
  const record = decodeRecord(bytes);
  const { id, type, at } = record;
  return { seq, id, chain: entryOf(record).chain, type, at };
}

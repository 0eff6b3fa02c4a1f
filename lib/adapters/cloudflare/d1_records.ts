import type { StoredRecord } from "../../audit/chain.ts";
import { toHex } from "../../audit/hash.ts";
import { decodeRecord, entryOf } from "../../audit/record.ts";
import type { D1Database } from "./platform.ts";

/** A row of the table, as SQLite's JSON functions take it. */
interface Row {
  readonly seq: number;
  readonly id: string;
  readonly chain: string;
  readonly text: string;
  readonly hash_before: string;
  readonly hash: string;
}

const decoder = new TextDecoder("utf-8", { fatal: true });
const encoder = new TextEncoder();

/**
 * The log once more, in D1, for questions about one chain. It follows the log and is behind it at
 * times; its migrations are in `migrations/`.
 */
export class D1Records {
  constructor(readonly database: D1Database) {}

  /** Writes records, each once however often it is given. All of them, or none. */
  async write(records: readonly StoredRecord[]): Promise<void> {
    await this.database.prepare(
      `insert or ignore into record (seq, id, chain, text, hash_before, hash)
        select value ->> 'seq', value ->> 'id', value ->> 'chain', value ->> 'text',
          value ->> 'hash_before', value ->> 'hash' from json_each(?)`,
    ).bind(JSON.stringify(records.map(rowOf))).run();
  }

  /** A chain's records numbered above `after` in the log, in order, at most `limit`. */
  async readChain(
    page: {
      readonly chain: string;
      readonly after: number;
      readonly limit: number;
    },
  ): Promise<readonly StoredRecord[]> {
    const { chain, after, limit } = page;
    const { results } = await this.database.prepare(
      `select seq, text, hash_before, hash from record
        where chain = ? and seq > ? order by seq limit ?`,
    ).bind(chain, after, limit).all<Row>();
    return results.map(recordOf);
  }
}

function rowOf({ seq, bytes, hashBefore, hash }: StoredRecord): Row {
  const record = decodeRecord(bytes);
  return {
    seq,
    id: record.id,
    chain: entryOf(record).chain,
    text: decoder.decode(bytes),
    hash_before: toHex(hashBefore),
    hash: toHex(hash),
  };
}

function recordOf({ seq, text, hash_before, hash }: Row): StoredRecord {
  return {
    seq,
    bytes: encoder.encode(text),
    hashBefore: bytesOf(hash_before),
    hash: bytesOf(hash),
  };
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(
    hex.match(/../g) ?? [],
    (pair) => Number.parseInt(pair, 16),
  );
}

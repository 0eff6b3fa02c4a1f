import { EMPTY_HEAD, type Head, type StoredRecord } from "../../audit/chain.ts";
import type { SqlRow, SqlStorage, SqlValue } from "./platform.ts";

const SCHEMA = [
  `create table if not exists record (
    seq integer primary key, chain text not null, bytes blob not null, hash blob not null
  )`,
  `create table if not exists chain (name text primary key, seq integer not null) without rowid`,
  `create table if not exists cursor (name text primary key, seq integer not null) without rowid`,
];

/** A record and the entry that it is of. */
export interface ChainRecord {
  readonly record: StoredRecord;
  readonly chain: string;
  readonly chainSeq: number;
}

/** The rows of the log in its object. Records are written once and never changed. */
export class LogTables {
  #head: Head | undefined;

  constructor(readonly sql: SqlStorage) {
    for (const statement of SCHEMA) sql.exec(statement);
  }

  head(): Head {
    return this.#head ??= this.#readHead();
  }

  /** The number of the newest entry of a chain in the log; 0 for none. */
  reached(chain: string): number {
    const [row] = this.#rows<{ seq: number }>(
      "select seq from chain where name = ?",
      chain,
    );
    return row?.seq ?? 0;
  }

  /** Appends records that follow the head and, each in its chain, one another. */
  append(records: readonly ChainRecord[]): void {
    const reached = new Map<string, number>();
    for (const { record, chain, chainSeq } of records) {
      const { seq, bytes, hash } = record;
      this.sql.exec(
        "insert into record (seq, chain, bytes, hash) values (?, ?, ?, ?)",
        seq,
        chain,
        bufferOf(bytes),
        bufferOf(hash),
      );
      reached.set(chain, chainSeq);
      this.#head = { size: seq, hash };
    }
    for (const [chain, seq] of reached) {
      this.sql.exec(
        "insert or replace into chain (name, seq) values (?, ?)",
        chain,
        seq,
      );
    }
  }

  /** Records numbered above `after`, in order, at most `limit`. */
  read(
    page: { readonly after: number; readonly limit: number },
  ): readonly StoredRecord[] {
    const { after, limit } = page;
    return this.#records("seq > ? order by seq limit ?", after, limit);
  }

  /** Records by their numbers, in order; those that are not there are left out. */
  pick(seqs: readonly number[]): readonly StoredRecord[] {
    const where = "seq in (select value from json_each(?)) order by seq";
    return this.#records(where, JSON.stringify(seqs));
  }

  /** A chain's records numbered above `after` in the log, in order, at most `limit`. */
  readChain(
    page: {
      readonly chain: string;
      readonly after: number;
      readonly limit: number;
    },
  ): readonly StoredRecord[] {
    const { chain, after, limit } = page;
    return this.#records(
      "seq > ? and chain = ? order by seq limit ?",
      after,
      chain,
      limit,
    );
  }

  /** Up to which record the tables for queries have the log. */
  mirrored(): number {
    const [row] = this.#rows<{ seq: number }>(
      "select seq from cursor where name = 'mirrored'",
    );
    return row?.seq ?? 0;
  }

  markMirrored(seq: number): void {
    this.sql.exec(
      "insert or replace into cursor (name, seq) values ('mirrored', ?)",
      seq,
    );
  }

  /** What was appended may not have been stored after all: it is read again. */
  forget(): void {
    this.#head = undefined;
  }

  #readHead(): Head {
    const [row] = this.#rows<{ seq: number; hash: ArrayBuffer }>(
      "select seq, hash from record order by seq desc limit 1",
    );
    return row ? { size: row.seq, hash: new Uint8Array(row.hash) } : EMPTY_HEAD;
  }

  #records(where: string, ...values: SqlValue[]): readonly StoredRecord[] {
    return this.#rows<
      {
        seq: number;
        bytes: ArrayBuffer;
        hash: ArrayBuffer;
        before: ArrayBuffer | null;
      }
    >(
      `select seq, bytes, hash,
        (select hash from record as earlier where earlier.seq = record.seq - 1) as before
        from record where ${where}`,
      ...values,
    ).map(({ seq, bytes, hash, before }) => ({
      seq,
      hashBefore: before ? new Uint8Array(before) : EMPTY_HEAD.hash,
      bytes: new Uint8Array(bytes),
      hash: new Uint8Array(hash),
    }));
  }

  #rows<Row extends SqlRow>(statement: string, ...values: SqlValue[]): Row[] {
    return this.sql.exec<Row>(statement, ...values).toArray();
  }
}

/** The bytes alone: a view's buffer may hold more than the view. */
function bufferOf(bytes: Uint8Array): ArrayBuffer {
  const buffer = new ArrayBuffer(bytes.length);
  new Uint8Array(buffer).set(bytes);
  return buffer;
}

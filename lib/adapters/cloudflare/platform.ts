/**
 * What the project uses of the Workers runtime, in its own words. `deno.json` maps `cloudflare:workers`
 * to this file, so that types can be checked and parts be tried outside; in a worker's bundle the name
 * stays and means the platform's own module.
 * @module
 */

/** What SQLite takes and gives: text, whole numbers that fit a double exactly, bytes, nothing. */
export type SqlValue = string | number | ArrayBuffer | null;

/** A row by the names of its columns. */
export type SqlRow = Record<string, SqlValue>;

/** The rows of a statement; each can be read once. */
export interface SqlCursor<Row extends SqlRow> extends Iterable<Row> {
  toArray(): Row[];
}

/** An object's own SQLite database; every call is synchronous. */
export interface SqlStorage {
  exec<Row extends SqlRow>(
    statement: string,
    ...values: SqlValue[]
  ): SqlCursor<Row>;
}

/**
 * What an object keeps. Writes without an `await` between them are stored together or not at all, and
 * no answer or message leaves the object before what it wrote earlier is durable.
 */
export interface ObjectStorage {
  readonly sql: SqlStorage;
  /** Stores all that `write` does, or none of it when it throws. */
  transactionSync<Result>(write: () => Result): Result;
  /** Resolves when all that was written before the call is durable. */
  sync(): Promise<void>;
  getAlarm(): Promise<number | null>;
  /** Replaces the alarm that is set, if one is. */
  setAlarm(atMs: number): Promise<void>;
  deleteAlarm(): Promise<void>;
}

/** What the runtime gives to an object when it wakes. */
export interface ObjectState {
  readonly id: { readonly name?: string };
  readonly storage: ObjectStorage;
  waitUntil(work: Promise<unknown>): void;
}

/** An object's class extends this, so that its methods can be called from outside. */
export class DurableObject<Env = unknown> {
  constructor(
    protected readonly ctx: ObjectState,
    protected readonly env: Env,
  ) {}
}

/**
 * The objects of one class. There is exactly one of each name, whoever asks from where. What a request
 * gets by name is that request's alone: a worker must not keep it for the next one.
 */
export interface ObjectNamespace<Calls> {
  getByName(name: string): Calls;
}

/** A queue as its senders see it: a message is delivered at least once, in no order. */
export interface MessageQueue<Message> {
  sendBatch(
    messages: Iterable<
      { readonly body: Message; readonly contentType: "text" | "json" }
    >,
  ): Promise<unknown>;
}

/** A delivery of a queue. What is not acknowledged comes again. */
export interface MessageBatch<Message> {
  readonly queue: string;
  readonly messages: readonly {
    readonly id: string;
    readonly attempts: number;
    readonly body: Message;
    ack(): void;
    retry(options?: { readonly delaySeconds?: number }): void;
  }[];
}

/** A prepared statement of D1. */
export interface D1Statement {
  bind(...values: (string | number | null)[]): D1Statement;
  run(): Promise<unknown>;
  all<Row>(): Promise<{ readonly results: readonly Row[] }>;
}

/** A D1 database. */
export interface D1Database {
  prepare(statement: string): D1Statement;
}

/** Lets work go on behind the answer to the request or event at hand; the platform's own function. */
export function waitUntil(work: Promise<unknown>): void {
  work.catch(() => {});
}

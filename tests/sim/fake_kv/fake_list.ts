import type { FakeKv } from "./fake_kv.ts";
import { behindPrefix, keyText } from "./key_text.ts";

/** The bounds of a listing, as texts of keys, and what a cursor leaves out of its key. */
interface Bounds {
  readonly common: string;
  readonly start: string;
  readonly end: string;
}

/**
 * Reads a selection in batches. Each batch is one call and one moment; between two of them the
 * database may change, as with the real one.
 */
export class FakeListIterator<T> implements Deno.KvListIterator<T> {
  readonly #kv: FakeKv;
  readonly #selector: Deno.KvListSelector;
  readonly #options: Deno.KvListOptions;
  readonly #batchSize: number;
  /** Entries that were read and not yet given, in reverse. */
  #read: Deno.KvEntry<unknown>[] = [];
  #lastBatch = false;
  #given = 0;
  /** The text of the newest key given; null before the first. */
  #position: string | null = null;
  #done = false;

  constructor(kv: FakeKv, selector: Deno.KvListSelector, options: Deno.KvListOptions) {
    const { limit, batchSize } = options;
    if (limit !== undefined && !(limit > 0)) {
      throw new Error(`Limit must be a positive integer: received ${limit}`);
    }
    if (batchSize !== undefined && !(batchSize > 0)) {
      throw new Error(`Batch size must be a positive integer: received ${batchSize}`);
    }
    this.#kv = kv;
    this.#selector = selector;
    this.#options = options;
    this.#batchSize = batchSize ??
      Math.min(limit ?? DEFAULT_BATCH, kv.database.limits.defaultEntriesARead);
  }

  get cursor(): string {
    // As the real one does: a listing that came to its end would start again from here.
    if (this.#done) return "";
    if (this.#position === null) throw new Error("Cannot get cursor before first iteration");
    return btoa(this.#position.slice(boundsOf(this.#selector).common.length));
  }

  async next(): Promise<IteratorResult<Deno.KvEntry<T>, undefined>> {
    const { limit = Infinity } = this.#options;
    if (this.#done || this.#given >= limit) return { done: true, value: undefined };
    if (this.#read.length === 0 && !this.#lastBatch) await this.#readBatch();
    const entry = this.#read.pop();
    if (!entry) {
      this.#done = true;
      return { done: true, value: undefined };
    }
    this.#position = keyText(entry.key);
    this.#given++;
    this.#kv.database.entriesGiven++;
    return { done: false, value: entry as Deno.KvEntry<T> };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async #readBatch(): Promise<void> {
    this.#kv.assertOpen();
    const { database, gate } = this.#kv;
    const batch = await gate.pass("list", () => {
      const { entriesARead } = database.limits;
      const bounds = this.#bounds();
      if (this.#batchSize > entriesARead) {
        throw new TypeError(`Too many entries (max ${entriesARead})`);
      }
      const reverse = this.#options.reverse ?? false;
      return database.readRange({ ...bounds, limit: this.#batchSize, reverse });
    });
    this.#lastBatch = batch.length < this.#batchSize;
    this.#read = batch.reverse();
  }

  #bounds(): Bounds {
    const bounds = boundsOf(this.#selector);
    const { common, end } = bounds;
    this.#kv.database.readable(bounds.start);
    const position = this.#position ?? positionOf(common, this.#options.cursor);
    if (position === null) return bounds;
    return this.#options.reverse ?? false
      ? { ...bounds, end: position < end ? position : end }
      : { ...bounds, start: justBehind(position) };
  }
}

/** How many entries a batch has when neither a limit nor a size is given. */
const DEFAULT_BATCH = 100;

function justBehind(text: string): string {
  return `${text}\u0000`;
}

function positionOf(common: string, cursor: string | undefined): string | null {
  if (cursor === undefined || cursor === "") return null;
  try {
    return common + atob(cursor);
  } catch {
    throw new TypeError("invalid cursor");
  }
}

function boundsOf(selector: Deno.KvListSelector): Bounds {
  const { prefix, start, end } = selector as Partial<
    Record<"prefix" | "start" | "end", Deno.KvKey>
  >;
  if (prefix) return boundsInPrefix(keyText(prefix), start, end);
  if (!start || !end) {
    throw new TypeError("Selector must specify either 'prefix' or both 'start' and 'end' key");
  }
  const bounds = { start: keyText(start), end: keyText(end) };
  if (bounds.start > bounds.end) throw new TypeError("Start key is greater than end key");
  return { ...bounds, common: commonStart(bounds.start, bounds.end) };
}

function boundsInPrefix(prefix: string, start?: Deno.KvKey, end?: Deno.KvKey): Bounds {
  if (start && end) {
    throw new TypeError(
      "Selector can not specify both 'start' and 'end' key when specifying 'prefix'",
    );
  }
  const whole = { start: `${prefix}\u0000`, end: behindPrefix(prefix), common: prefix };
  if (start) return { ...whole, start: within(prefix, keyText(start), "Start") };
  if (end) return { ...whole, end: within(prefix, keyText(end), "End") };
  return whole;
}

/** The bound itself, which must lie behind its prefix. */
function within(prefix: string, bound: string, which: "Start" | "End"): string {
  if (bound.startsWith(prefix) && bound.length > prefix.length) return bound;
  throw new TypeError(`${which} key is not in the keyspace defined by prefix`);
}

function commonStart(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return a.slice(0, length);
}

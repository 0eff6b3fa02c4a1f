import fc from "fast-check";

/** One call of a Deno KV handle, as data, so that two databases can be asked the same. */
export type Operation =
  | { readonly do: "get"; readonly key: Deno.KvKey }
  | { readonly do: "getMany"; readonly keys: readonly Deno.KvKey[] }
  | { readonly do: "set"; readonly key: Deno.KvKey; readonly value: unknown }
  | { readonly do: "delete"; readonly key: Deno.KvKey }
  | {
    readonly do: "list";
    readonly selector: Deno.KvListSelector;
    readonly options: Deno.KvListOptions;
    /** List on, from the cursor, this many times. */
    readonly pages: number;
  }
  | {
    readonly do: "atomic";
    readonly checks: readonly {
      readonly key: Deno.KvKey;
      readonly seen: "none" | "newest" | "old";
    }[];
    readonly sets: readonly { readonly key: Deno.KvKey; readonly value: unknown }[];
    readonly deletes: readonly Deno.KvKey[];
    readonly delayMs: number | null;
  };

const part = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<Deno.KvKeyPart>("a", "b", 1, 2, 10) },
  fc.constantFrom<Deno.KvKeyPart>(
    ...["", "\u0000", "a\u0000", "é", "\uffff", "😀", -1, 0, -0, 1.5, 1e300, NaN, Infinity],
    ...[-Infinity, 0n, 1n, -1n, 255n, 256n, -256n, 2n ** 80n, -(2n ** 80n), true, false],
    ...[new Uint8Array(), new Uint8Array([0]), new Uint8Array([1, 0, 2])],
  ),
);
const key = fc.array(part, { minLength: 1, maxLength: 3 });
const anyKey = fc.oneof({ weight: 20, arbitrary: key }, { weight: 1, arbitrary: fc.constant([]) });
const value = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    undefined,
    5n,
    -0,
    new Date(0),
    new Map([["a", { b: 1 }]]),
    new Uint8Array([1, 2]),
    { bytes: new Uint8Array([3]), left: undefined },
    [1, , 3],
  ),
);
const options = fc.record<Deno.KvListOptions>({
  limit: fc.integer({ min: 0, max: 8 }),
  batchSize: fc.integer({ min: 1, max: 4 }),
  reverse: fc.boolean(),
}, { requiredKeys: [] });
const selector = fc.oneof(
  fc.record({ prefix: fc.array(part, { maxLength: 2 }) }),
  fc.record({ prefix: fc.array(part, { maxLength: 1 }), start: key }),
  fc.record({ prefix: fc.array(part, { maxLength: 1 }), end: key }),
  fc.record({ start: key, end: key }),
  fc.record({ prefix: fc.array(part, { maxLength: 1 }), start: key, end: key }),
);

/** Histories on few keys, so that they meet. */
export const operations: fc.Arbitrary<Operation[]> = fc.array(
  fc.oneof<fc.Arbitrary<Operation>[]>(
    fc.record({ do: fc.constant("get"), key: anyKey }),
    fc.record({ do: fc.constant("getMany"), keys: fc.array(anyKey, { maxLength: 12 }) }),
    fc.record({ do: fc.constant("set"), key: anyKey, value }),
    fc.record({ do: fc.constant("delete"), key }),
    fc.record({ do: fc.constant("list"), selector, options, pages: fc.nat({ max: 2 }) }),
    fc.record({
      do: fc.constant("atomic"),
      checks: fc.array(
        fc.record({ key: anyKey, seen: fc.constantFrom("none", "newest", "old") }),
        { maxLength: 3 },
      ),
      sets: fc.array(fc.record({ key: anyKey, value }), { maxLength: 4 }),
      deletes: fc.array(key, { maxLength: 2 }),
      delayMs: fc.constantFrom(null, null, null, null, -1, 0, 1_000, 31 * 24 * 60 * 60 * 1_000),
    }),
  ),
  { minLength: 1, maxLength: 60, size: "max" },
);

/** Plays operations on one handle. Versionstamps come out as the order in which they were seen. */
export class Player {
  readonly #seen: string[] = [];

  constructor(readonly kv: Deno.Kv) {}

  /** What the call answers, or the error that it throws. */
  async play(operation: Operation): Promise<unknown> {
    try {
      return this.#named(await this.#call(operation));
    } catch (error) {
      return error instanceof Error ? `${error.name}: ${error.message}` : error;
    }
  }

  async #call(operation: Operation): Promise<unknown> {
    switch (operation.do) {
      case "get":
        return await this.kv.get(operation.key);
      case "getMany":
        return await this.kv.getMany(operation.keys);
      case "set":
        return await this.kv.set(operation.key, operation.value);
      case "delete":
        return await this.kv.delete(operation.key);
      case "list":
        return await this.#list(operation);
      case "atomic":
        return await this.#commit(operation);
    }
  }

  async #list({ selector, options, pages }: Operation & { readonly do: "list" }) {
    const found: unknown[] = [];
    let cursor: string | undefined;
    for (let page = 0; page <= pages; page++) {
      const iterator = this.kv.list(
        selector,
        cursor === undefined ? options : { ...options, cursor },
      );
      const entries = await Array.fromAsync(iterator);
      found.push(entries);
      if (entries.length === 0) break;
      cursor = iterator.cursor;
    }
    return found;
  }

  async #commit({ checks, sets, deletes, delayMs }: Operation & { readonly do: "atomic" }) {
    const atomic = this.kv.atomic();
    for (const { key, seen } of checks) {
      atomic.check({ key, versionstamp: await this.#versionstamp(key, seen) });
    }
    for (const { key, value } of sets) atomic.set(key, value);
    for (const key of deletes) atomic.delete(key);
    if (delayMs !== null) atomic.enqueue("message", { delay: delayMs });
    return await atomic.commit();
  }

  async #versionstamp(key: Deno.KvKey, seen: "none" | "newest" | "old"): Promise<string | null> {
    if (seen === "none") return null;
    if (seen === "old") return this.#seen[0] ?? null;
    return (await this.kv.get(key)).versionstamp;
  }

  /** The same answer with the order of its versionstamps for their text. */
  #named(answer: unknown): unknown {
    if (Array.isArray(answer)) return answer.map((item) => this.#named(item));
    if (typeof answer !== "object" || answer === null || !("versionstamp" in answer)) return answer;
    const { versionstamp } = answer;
    if (typeof versionstamp !== "string") return answer;
    if (!this.#seen.includes(versionstamp)) {
      const newest = this.#seen.at(-1);
      if ("ok" in answer && newest !== undefined && versionstamp <= newest) return "went back";
      this.#seen.push(versionstamp);
    }
    return { ...answer, versionstamp: this.#seen.indexOf(versionstamp) };
  }
}

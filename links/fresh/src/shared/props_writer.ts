import { computed, Signal } from "@preact/signals";
import { type PropsTable, SPECIAL, TAG, type TaggedEntry } from "./props_format.ts";

/** In place of JSX, which stays on the page and is found by its number. */
export class SlotReference {
  constructor(readonly number: number) {}
}

/** Writes the props of all islands of a page into one table. */
export class PropsWriter {
  readonly table: PropsTable = [];
  readonly #positions = new Map<unknown, number>();

  /** The position of the value. Throws a TypeError that names the part that cannot be sent. */
  write(value: unknown, path = "props"): number {
    const special = specialPosition(value);
    if (special !== null) return special;
    const known = this.#positions.get(value);
    if (known !== undefined) return known;
    const position = this.table.length;
    this.#positions.set(value, position);
    this.table.push(null);
    // The position is taken before the content is written: the content may refer back to it.
    this.table[position] = this.#entry(value, path);
    return position;
  }

  #entry(value: unknown, path: string): PropsTable[number] {
    switch (typeof value) {
      case "string":
      case "number":
      case "boolean":
        return value;
      case "bigint":
        return [TAG.bigint, String(value)];
      case "object":
        return value === null ? null : this.#objectEntry(value, path);
      default:
        throw new TypeError(`${path} is a ${typeof value}, which cannot be sent to the browser.`);
    }
  }

  #objectEntry(value: object, path: string): TaggedEntry {
    if (value instanceof Signal) {
      const tag = isComputed(value) ? TAG.computed : TAG.signal;
      return [tag, this.write(value.peek(), `${path}.value`)];
    }
    if (value instanceof SlotReference) return [TAG.slot, value.number];
    if (Array.isArray(value)) return [TAG.array, ...this.#items(value, path)];
    if (value instanceof Date) return [TAG.date, Number.isNaN(+value) ? null : +value];
    if (value instanceof URL) return [TAG.url, value.href];
    if (value instanceof RegExp) return [TAG.regExp, value.source, value.flags];
    if (value instanceof Uint8Array) return [TAG.bytes, base64(value)];
    if (value instanceof Set) {
      return [TAG.set, ...Array.from(value, (item) => this.write(item, `${path} (Set item)`))];
    }
    if (value instanceof Map) {
      const pairs = Array.from(value, ([key, item]) => [
        this.write(key, `${path} (Map key)`),
        this.write(item, `${path} (Map value)`),
      ]);
      return [TAG.map, ...pairs.flat()];
    }
    return [TAG.object, ...this.#members(value, path)];
  }

  #items(array: unknown[], path: string): number[] {
    return Array.from(
      { length: array.length },
      (_, index) => index in array ? this.write(array[index], `${path}[${index}]`) : SPECIAL.hole,
    );
  }

  #members(value: object, path: string): (string | number)[] {
    if (value.constructor === undefined && "type" in value && "props" in value) {
      throw new TypeError(`${path} is JSX, which can only be passed directly as a prop.`);
    }
    const prototype = Object.getPrototypeOf(value);
    if (prototype !== null && prototype !== Object.prototype) {
      const name = prototype.constructor?.name ?? "class";
      throw new TypeError(`${path} is a ${name} object, which cannot be sent to the browser.`);
    }
    return Object.entries(value).flatMap((
      [key, item],
    ) => [key, this.write(item, `${path}.${key}`)]);
  }
}

function specialPosition(value: unknown): number | null {
  if (value === undefined) return SPECIAL.undefined;
  if (typeof value !== "number") return null;
  if (Number.isNaN(value)) return SPECIAL.nan;
  if (value === Infinity) return SPECIAL.infinity;
  if (value === -Infinity) return SPECIAL.minusInfinity;
  return Object.is(value, -0) ? SPECIAL.minusZero : null;
}

const COMPUTED = Object.getPrototypeOf(computed(() => null));

function isComputed(signal: Signal): boolean {
  return Object.getPrototypeOf(signal) === COMPUTED;
}

function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

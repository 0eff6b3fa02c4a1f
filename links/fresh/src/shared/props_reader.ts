import { computed, signal } from "@preact/signals";
import { type PropsTable, SPECIAL, TAG, type TaggedEntry } from "./props_format.ts";

/** Reads values back from a table; `slot` finds the JSX that a number stands for. */
export function propsReader(
  table: PropsTable,
  slot: (number: number) => unknown,
): (position: number) => unknown {
  const known: unknown[] = [];

  const read = (position: number): unknown => {
    if (position < 0) return SPECIALS.get(position);
    if (position in known) return known[position];
    const entry = table[position];
    return Array.isArray(entry) ? fill(entry, position) : entry;
  };

  // What can hold other values is noted before it is filled: they may refer back to it.
  const note = <T>(position: number, value: T): T => {
    known[position] = value;
    return value;
  };

  const fill = ([tag, ...content]: TaggedEntry, position: number): unknown => {
    const [first, second] = content;
    const positions = content as number[];
    switch (tag) {
      case TAG.array: {
        const array = note(position, new Array<unknown>(content.length));
        positions.forEach((item, index) => {
          if (item !== SPECIAL.hole) array[index] = read(item);
        });
        return array;
      }
      case TAG.object: {
        const object = note(position, {});
        for (let index = 0; index < content.length; index += 2) {
          const value = read(content[index + 1] as number);
          // Assignment would call a setter for the key "__proto__".
          Object.defineProperty(object, content[index] as string, {
            value,
            writable: true,
            enumerable: true,
            configurable: true,
          });
        }
        return object;
      }
      case TAG.map: {
        const map = note(position, new Map<unknown, unknown>());
        for (let index = 0; index < content.length; index += 2) {
          map.set(read(positions[index]!), read(positions[index + 1]!));
        }
        return map;
      }
      case TAG.set: {
        const set = note(position, new Set<unknown>());
        for (const item of positions) set.add(read(item));
        return set;
      }
      case TAG.signal: {
        const live = note(position, signal<unknown>());
        live.value = read(first as number);
        return live;
      }
      case TAG.computed: {
        const held: { value?: unknown } = {};
        const fixed = note(position, computed(() => held.value));
        held.value = read(first as number);
        return fixed;
      }
      case TAG.date:
        return note(position, new Date(first as number ?? NaN));
      case TAG.url:
        return note(position, new URL(first as string));
      case TAG.regExp:
        return note(position, new RegExp(first as string, second as string));
      case TAG.bytes:
        return note(position, Uint8Array.from(atob(first as string), (each) => each.charCodeAt(0)));
      case TAG.bigint:
        return BigInt(first as string);
      case TAG.slot:
        return note(position, slot(first as number));
    }
  };

  return read;
}

const SPECIALS = new Map<number, unknown>([
  [SPECIAL.undefined, undefined],
  [SPECIAL.nan, NaN],
  [SPECIAL.infinity, Infinity],
  [SPECIAL.minusInfinity, -Infinity],
  [SPECIAL.minusZero, -0],
]);

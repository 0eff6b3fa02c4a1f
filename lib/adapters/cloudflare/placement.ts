import type { ObjectNamespace } from "./platform.ts";

/**
 * How many objects the book's markets are spread over. The number can never change for a book that is
 * there: a market stays where it was opened.
 */
export const MARKET_OBJECTS = 16;

/** How many objects sessions are spread over. */
const SESSION_OBJECTS = 16;

/** The only object of its class. */
export function theOnly<Calls>(objects: ObjectNamespace<Calls>): Calls {
  return objects.getByName("the-only");
}

/** The name of the object that has a market. */
export function marketObjectOf(marketId: string): string {
  return `book-${spread(marketId, MARKET_OBJECTS)}`;
}

/** The names of all objects that have markets. */
export const MARKET_OBJECT_NAMES: readonly string[] = Array.from(
  { length: MARKET_OBJECTS },
  (_, index) => `book-${index}`,
);

/** The name of the object that has the session of a token's digest. */
export function sessionObjectOf(tokenDigest: string): string {
  return `sessions-${spread(tokenDigest, SESSION_OBJECTS)}`;
}

/** Items by the object that each belongs to. */
export function byObject<Item>(
  items: Iterable<Item>,
  objectOf: (item: Item) => string,
): ReadonlyMap<string, readonly Item[]> {
  const objects = new Map<string, Item[]>();
  for (const item of items) {
    const name = objectOf(item);
    const there = objects.get(name);
    if (there) there.push(item);
    else objects.set(name, [item]);
  }
  return objects;
}

/** FNV-1a, 32 bits: the same place for the same text, for ever. */
function spread(text: string, places: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  // The lower bits alone are the weaker ones.
  return ((hash >>> 16) ^ (hash & 0xffff)) % places;
}

import { failure } from "./assertion_error.ts";
import { equal } from "./equal.ts";
import { diff, show, showLines } from "./show.ts";

/** Both values have the same content, as `equal` says. */
export function assertEquals<T>(actual: T, expected: T, message?: string): void {
  if (!equal(actual, expected)) {
    throw failure(`Values are not equal${ownWords(message)}${lines(actual, expected)}`);
  }
}

/** The values differ in content. */
export function assertNotEquals<T>(actual: T, expected: T, message?: string): void {
  if (equal(actual, expected)) {
    throw failure(`Expected values to differ, both are: ${show(actual)}`, message);
  }
}

/** Both are the same primitive or the same object; `NaN` is `NaN`, and `0` is not `-0`. */
export function assertStrictEquals<T>(
  actual: unknown,
  expected: T,
  message?: string,
): asserts actual is T {
  if (Object.is(actual, expected)) return;
  if (showLines(actual) === showLines(expected)) {
    const text = `Values look alike but are not the same object: ${show(actual)}`;
    throw failure(text, message);
  }
  throw failure(`Values are not strictly equal${ownWords(message)}${lines(actual, expected)}`);
}

/** They are not the same primitive or object. */
export function assertNotStrictEquals<T>(actual: T, expected: T, message?: string): void {
  if (Object.is(actual, expected)) {
    throw failure(`Expected values not to be the same, both are: ${show(actual)}`, message);
  }
}

/** Every expected item has an equal one among the actual ones. */
export function assertArrayIncludes<T>(
  actual: ArrayLike<T>,
  expected: ArrayLike<T>,
  message?: string,
): void {
  const present = Array.from(actual);
  const missing = Array.from(expected).filter((item) => !present.some((each) => equal(each, item)));
  if (missing.length === 0) return;
  const text = `Expected ${show(actual)} to include ${show(expected)}; missing: ${show(missing)}`;
  throw failure(text, message);
}

type Members = Record<PropertyKey, unknown>;

/** Everything in `expected` is in `actual`, at any depth; `actual` may hold more. */
export function assertObjectMatch(actual: Members, expected: Members, message?: string): void {
  assertEquals(picked(actual, expected, new Map()), expected, message);
}

/** Of `actual`, only what `expected` speaks of. */
function picked(actual: unknown, expected: unknown, seen: Map<unknown, unknown>): unknown {
  if (!isObject(actual) || !isObject(expected)) return actual;
  if (Array.isArray(expected) && Array.isArray(actual)) {
    // An expected array names the first items; what follows them may be anything.
    return expected.map((item, index) => picked(actual[index], item, seen));
  }
  if (expected instanceof Map && actual instanceof Map) {
    const entries = [...expected].filter(([key]) => actual.has(key));
    return new Map(entries.map(([key, value]) => [key, picked(actual.get(key), value, seen)]));
  }
  if (expected instanceof Set && actual instanceof Set) {
    return new Set([...expected].filter((item) => [...actual].some((each) => equal(each, item))));
  }
  if (!isPlain(expected)) return actual;
  const known = seen.get(expected);
  if (known !== undefined) return known;
  const kept: Members = Object.create(Object.getPrototypeOf(expected));
  seen.set(expected, kept);
  for (const key of Reflect.ownKeys(expected)) {
    if (Reflect.has(actual, key)) {
      kept[key] = picked(Reflect.get(actual, key), Reflect.get(expected, key), seen);
    }
  }
  return kept;
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

function isPlain(value: object): boolean {
  return !(value instanceof Date || value instanceof RegExp || value instanceof Map ||
    value instanceof Set || value instanceof ArrayBuffer || ArrayBuffer.isView(value));
}

const ownWords = (message?: string): string => message === undefined ? "." : `: ${message}`;

function lines(actual: unknown, expected: unknown): string {
  return `\n\n    [Diff] - actual, + expected\n\n${diff(showLines(actual), showLines(expected))}\n`;
}

import { failure } from "./assertion_error.ts";
import { show } from "./show.ts";

/** The value is true, or counts as true. */
export function assert(condition: unknown, message = ""): asserts condition {
  if (!condition) throw failure(message || "Assertion failed");
}

/** A value that counts as false. */
export type Falsy = false | 0 | 0n | "" | null | undefined;

/** The value is false, or counts as false. */
export function assertFalse(condition: unknown, message = ""): asserts condition is Falsy {
  if (condition) throw failure(message || "Expected a value that counts as false");
}

/** The value is neither null nor undefined. */
export function assertExists<T>(actual: T, message?: string): asserts actual is NonNullable<T> {
  if (actual == null) throw failure(`Expected a value, got ${actual}`, message);
}

/** Any class, whatever its constructor takes, by the type of what it makes. */
export interface AnyClass<T> {
  readonly name: string;
  readonly prototype: T;
  [Symbol.hasInstance](value: unknown): boolean;
}

/** The value was made by the class or by one that extends it. */
export function assertInstanceOf<T>(
  actual: unknown,
  expected: AnyClass<T>,
  message?: string,
): asserts actual is T {
  if (actual instanceof expected) return;
  throw failure(`Expected an instance of ${expected.name}, got ${kindOf(actual)}`, message);
}

/** The value was not made by the class. */
export function assertNotInstanceOf<A, T>(
  actual: A,
  unexpected: AnyClass<T>,
  message?: string,
): asserts actual is Exclude<A, T> {
  if (actual instanceof unexpected) {
    throw failure(`Expected anything but an instance of ${unexpected.name}`, message);
  }
}

/** The text matches the expression. */
export function assertMatch(actual: string, expected: RegExp, message?: string): void {
  if (!matches(actual, expected)) {
    throw failure(`Expected ${show(actual)} to match ${expected}`, message);
  }
}

/** The text does not match the expression. */
export function assertNotMatch(actual: string, unexpected: RegExp, message?: string): void {
  if (matches(actual, unexpected)) {
    throw failure(`Expected ${show(actual)} not to match ${unexpected}`, message);
  }
}

// An expression with the flag "g" remembers where it stopped, and would answer differently next time.
function matches(text: string, expression: RegExp): boolean {
  return new RegExp(expression.source, expression.flags.replace(/[gy]/g, "")).test(text);
}

/** The text has the other one in it. */
export function assertStringIncludes(actual: string, expected: string, message?: string): void {
  if (!actual.includes(expected)) {
    throw failure(`Expected ${show(actual)} to include ${show(expected)}`, message);
  }
}

/** `actual > expected` */
export function assertGreater<T>(actual: T, expected: T, message?: string): void {
  if (!(actual > expected)) throw failure(`Expected ${show(actual)} > ${show(expected)}`, message);
}

/** `actual >= expected` */
export function assertGreaterOrEqual<T>(actual: T, expected: T, message?: string): void {
  if (!(actual >= expected)) {
    throw failure(`Expected ${show(actual)} >= ${show(expected)}`, message);
  }
}

/** `actual < expected` */
export function assertLess<T>(actual: T, expected: T, message?: string): void {
  if (!(actual < expected)) throw failure(`Expected ${show(actual)} < ${show(expected)}`, message);
}

/** `actual <= expected` */
export function assertLessOrEqual<T>(actual: T, expected: T, message?: string): void {
  if (!(actual <= expected)) {
    throw failure(`Expected ${show(actual)} <= ${show(expected)}`, message);
  }
}

/** Fails. */
export function fail(message?: string): never {
  throw failure("Failed assertion", message);
}

/** Fails, where nothing should ever come. */
export function unreachable(reason?: string): never {
  throw failure("Unreachable", reason);
}

function kindOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return show(value);
  return `an instance of ${value.constructor?.name ?? "Object"}`;
}

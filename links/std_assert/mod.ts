/**
 * A local edition of `@std/assert`: the assertions that this project's tests use.
 * @module
 */
export { AssertionError } from "./src/assertion_error.ts";
export {
  assertArrayIncludes,
  assertEquals,
  assertNotEquals,
  assertNotStrictEquals,
  assertObjectMatch,
  assertStrictEquals,
} from "./src/equality.ts";
export { equal } from "./src/equal.ts";
export { assertRejects, assertThrows } from "./src/throwing.ts";
export {
  assert,
  assertExists,
  assertFalse,
  assertGreater,
  assertGreaterOrEqual,
  assertInstanceOf,
  assertLess,
  assertLessOrEqual,
  assertMatch,
  assertNotInstanceOf,
  assertNotMatch,
  assertStringIncludes,
  fail,
  unreachable,
} from "./src/simple.ts";

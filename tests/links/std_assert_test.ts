import {
  assert,
  assertArrayIncludes,
  assertEquals,
  assertExists,
  assertFalse,
  assertGreater,
  assertGreaterOrEqual,
  assertInstanceOf,
  AssertionError,
  assertLess,
  assertLessOrEqual,
  assertMatch,
  assertNotEquals,
  assertNotInstanceOf,
  assertNotMatch,
  assertNotStrictEquals,
  assertObjectMatch,
  assertRejects,
  assertStrictEquals,
  assertStringIncludes,
  assertThrows,
  equal,
  fail,
  unreachable,
} from "@std/assert";
import fc from "fast-check";

// A broken assertion could hide its own failure, so these two checks do without any.
function passes(run: () => unknown): void {
  run();
}

function fails(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof AssertionError) return error.message;
    throw error;
  }
  throw new Error(`Should have failed: ${run}`);
}

function must(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}

Deno.test("assertEquals() compares content: by kind, members, entries, bytes and circles", () => {
  class Point {
    constructor(readonly x: number) {}
  }
  const same: [unknown, unknown][] = [
    [NaN, NaN],
    [0, -0],
    [{ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }],
    [{ a: 1, b: 2 }, { b: 2, a: 1 }],
    [
      new Map<unknown, unknown>([[{ k: 1 }, 1], ["b", 2]]),
      new Map<unknown, unknown>([["b", 2], [{ k: 1 }, 1]]),
    ],
    [new Set([[1], [2], undefined]), new Set([undefined, [2], [1]])],
    [new Date(5), new Date(5)],
    [new Date(NaN), new Date(NaN)],
    [/a/g, /a/g],
    [new URL("http://a/"), new URL("http://a/")],
    [new Uint8Array([1, 2]), new Uint8Array([1, 2])],
    [new Uint8Array([1, 2]).buffer, new Uint8Array([1, 2]).buffer],
    [new Point(1), new Point(1)],
    [new Error("a", { cause: 1 }), new Error("a", { cause: 1 })],
    [Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
    [{ [Symbol.for("a")]: 1 }, { [Symbol.for("a")]: 1 }],
  ];
  for (const [left, right] of same) {
    passes(() => assertEquals(left, right));
    fails(() => assertNotEquals(left, right));
  }
  const different: [unknown, unknown][] = [
    [1, "1"],
    [1, 1n],
    [null, undefined],
    [{ a: undefined }, {}],
    [{ a: 1 }, { b: 1 }],
    [[1, 2], [2, 1]],
    [[1], { 0: 1 }],
    [[, 1], [undefined, 1]],
    [new Map([["a", 1]]), new Map([["a", 2]])],
    [new Set([1, 2]), new Set([1, 3])],
    [new Set([undefined]), new Set([null])],
    [new Set([[1], [1]]), new Set([[1], [2]])],
    [new Date(5), new Date(6)],
    [/a/g, /a/i],
    [new Uint8Array([1]), new Uint8Array([2])],
    [new Uint8Array([1]), new Uint16Array([1])],
    [new Float64Array([1]), new Float64Array([2])],
    [new Point(1), { x: 1 }],
    [new Error("a"), new TypeError("a")],
    [new Error("a"), new Error("b")],
    [{ [Symbol.for("a")]: 1 }, { [Symbol.for("a")]: 2 }],
    [Promise.resolve(1), Promise.resolve(1)],
  ];
  for (const [left, right] of different) {
    fails(() => assertEquals(left, right));
    passes(() => assertNotEquals(left, right));
    fails(() => assertEquals(right, left));
  }
});

Deno.test("equal() closes circles", () => {
  const circle = (value: number) => {
    const made: { value: number; self?: unknown } = { value };
    made.self = { made };
    return made;
  };
  must(equal(circle(1), circle(1)), "equal circles");
  must(!equal(circle(1), circle(2)), "different circles");
});

Deno.test("equal() agrees with a structured clone, and sees one changed leaf", () => {
  fc.assert(
    fc.property(
      fc.anything({ withMap: true, withSet: true, withDate: true, withBigInt: true }),
      (value) => {
        must(equal(value, structuredClone(value)), "a clone is equal");
        must(!equal({ at: value, leaf: 1 }, { at: value, leaf: 2 }), "a leaf differs");
        must(!equal([value], [value, value]), "a length differs");
      },
    ),
  );
});

Deno.test("assertEquals() shows which lines differ, and the caller's words", () => {
  const message = fails(() =>
    assertEquals({ a: 1, b: 2, c: "x" }, { a: 1, b: 3, c: "x" }, "own words")
  );
  must(message.startsWith("Values are not equal: own words"), message);
  must(message.includes("-     b: 2,\n+     b: 3,"), message);
  must(message.includes("      a: 1,"), message);
});

Deno.test("assertStrictEquals() tells objects that look alike apart, and 0 from -0", () => {
  const object = {};
  passes(() => assertStrictEquals(object, object));
  passes(() => assertStrictEquals(NaN, NaN));
  must(fails(() => assertStrictEquals({ a: 1 }, { a: 1 })).includes("look alike"), "says so");
  fails(() => assertStrictEquals(0, -0));
  fails(() => assertStrictEquals<unknown>(1, "1"));
  fails(() => assertNotStrictEquals(object, object));
  passes(() => assertNotStrictEquals({}, {}));
});

Deno.test("assertObjectMatch() looks only at what is expected, at any depth", () => {
  const actual = { a: 1, b: { c: [1, { d: 2, e: 3 }, 4] }, f: new Map([["x", { y: 1, z: 2 }]]) };
  passes(() => assertObjectMatch(actual, { b: { c: [1, { d: 2 }] } }));
  passes(() => assertObjectMatch(actual, { f: new Map([["x", { y: 1 }]]) }));
  fails(() => assertObjectMatch(actual, { b: { c: [2] } }));
  fails(() => assertObjectMatch(actual, { missing: undefined }));
  fails(() => assertObjectMatch(actual, { b: { c: [1, { d: 2 }, 4, 5] } }));
  fails(() => assertObjectMatch({ at: new Date(1) }, { at: new Date(2) }));
});

Deno.test("assertArrayIncludes() wants every item, by content", () => {
  passes(() => assertArrayIncludes([{ a: 1 }, { a: 2 }], [{ a: 2 }]));
  must(fails(() => assertArrayIncludes([1, 2], [2, 3])).includes("missing: [ 3 ]"), "names it");
});

Deno.test("simple assertions pass and fail where they should", () => {
  passes(() => assert(1));
  must(fails(() => assert(0, "own")) === "own", "keeps the words");
  passes(() => assertFalse(""));
  fails(() => assertFalse("a"));
  for (const value of [0, "", false]) passes(() => assertExists(value));
  for (const value of [null, undefined]) fails(() => assertExists(value));
  passes(() => assertInstanceOf(new TypeError("a"), Error));
  must(
    fails(() => assertInstanceOf(new Date(), Error)).includes("an instance of Date"),
    "names it",
  );
  fails(() => assertInstanceOf(1, Number));
  passes(() => assertNotInstanceOf(1, Number));
  fails(() => assertNotInstanceOf(new Date(), Date));
  passes(() => assertStringIncludes("abc", "b"));
  fails(() => assertStringIncludes("abc", "d"));
  passes(() => assertGreater(2n, 1n));
  fails(() => assertGreater(1, 1));
  passes(() => assertGreaterOrEqual(1, 1));
  fails(() => assertGreaterOrEqual(0, 1));
  passes(() => assertLess("a", "b"));
  fails(() => assertLess(1, 1));
  passes(() => assertLessOrEqual(1, 1));
  fails(() => assertLessOrEqual(2, 1));
  fails(() => assertLess(NaN, 1));
  must(fails(() => fail("why")) === "Failed assertion: why", "fail");
  must(fails(() => unreachable("why")) === "Unreachable: why", "unreachable");
});

Deno.test("assertMatch() forgets where an expression with a flag stopped", () => {
  const expression = /a/g;
  for (let time = 0; time < 2; time++) {
    passes(() => assertMatch("a", expression));
    fails(() => assertNotMatch("a", expression));
  }
  fails(() => assertMatch("b", expression));
});

Deno.test("assertThrows() wants an error of the class with the words, and gives it back", () => {
  const thrower = (error: unknown) => () => {
    throw error;
  };
  const error = new TypeError("a b c");
  must(assertThrows(thrower(error)) === error, "any error");
  must(assertThrows(thrower(error), TypeError, "b") === error, "the error");
  passes(() => assertThrows(thrower(error), Error));
  fails(() => assertThrows(() => {}));
  fails(() => assertThrows(thrower(error), RangeError));
  fails(() => assertThrows(thrower(error), TypeError, "d"));
  fails(() => assertThrows(thrower("text"), Error));
});

Deno.test("assertRejects() wants a promise that rejects, not a function that throws", async () => {
  const outcome = (run: () => Promise<unknown>) =>
    run().then(
      () => "passes",
      (error) => error instanceof AssertionError ? error.message : "other",
    );
  const error = new TypeError("a b c");
  must(await assertRejects(() => Promise.reject(error), TypeError, "b") === error, "the error");
  must(await assertRejects(() => Promise.reject(1)) === 1, "any value");
  const messages = [
    await outcome(() => assertRejects(() => Promise.resolve())),
    await outcome(() => assertRejects(() => Promise.reject(error), RangeError)),
    await outcome(() => assertRejects(() => Promise.reject(error), TypeError, "d")),
    await outcome(() =>
      assertRejects(() => {
        throw error;
      })
    ),
  ];
  must(messages[0] === "Expected function to reject", messages[0]!);
  must(messages[1]!.includes('an instance of "RangeError"'), messages[1]!);
  must(messages[2]!.includes('include "d"'), messages[2]!);
  must(messages[3] === "Function throws when expected to reject", messages[3]!);
});

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { parseIJson } from "../../lib/http/i_json.ts";
import { flawsIn } from "../../lib/http/i_json_flaws.ts";
import { numberSurvives } from "../../lib/http/i_json_number.ts";

function pointersOf(text: string): readonly string[] {
  const result = parseIJson(text);
  return result.ok ? [] : result.flaws.map((flaw) => flaw.pointer);
}

function isRefused(text: string): boolean {
  return !parseIJson(text).ok;
}

Deno.test("parseIJson() reads what JSON.stringify() writes", () => {
  fc.assert(fc.property(
    fc.json({ maxDepth: 5, stringUnit: "grapheme" }).filter(isInterchangeable),
    (text) => assertEquals(parseIJson(text), { ok: true, value: JSON.parse(text) }),
  ));
});

Deno.test("parseIJson() accepts exactly the texts in which a syntax tree shows no flaw", () => {
  let accepted = 0;
  let refused = 0;
  fc.assert(
    fc.property(hostileJson(), (text) => {
      const flaws = flawsIn(text);
      assertEquals(
        parseIJson(text),
        flaws.length === 0 ? { ok: true, value: JSON.parse(text) } : { ok: false, flaws },
      );
      if (flaws.length === 0) accepted++;
      else refused++;
    }),
    { numRuns: 3_000 },
  );
  assert(accepted > 300 && refused > 300, `${accepted} accepted, ${refused} refused`);
});

/** JSON at most 5 deep, as nobody's program would write it: few names, odd numbers, any spelling. */
function hostileJson(): fc.Arbitrary<string> {
  const spaces = fc.constantFrom("", "", "", " ", "\n\t", "\r");
  const string = fc.array(
    fc.constantFrom(
      ...["a", "b", "1", ":", "{", "[", "]", "}", ",", "-", "e", " ", "\x7f", "\u2028", "é", "😀"],
      ...["\ufffe", "\ufdd0", "\u{1ffff}", "\ud83d", "\ude00"],
      ...[String.raw`\"`, String.raw`\\`, String.raw`\n`, String.raw`\/`, String.raw`\u0061`],
      ...[String.raw`\ud83d`, String.raw`\ude00`, String.raw`\uffff`, String.raw`\u00e9`],
    ),
    { maxLength: 3 },
  ).map((units) => `"${units.join("")}"`);
  const number = fc.oneof(
    fc.constantFrom("0", "-0", "0.10", "1e2", "1E+2", "1e999", "5e-324", "1e-400", "0.1e1"),
    fc.constantFrom("9007199254740991", "9007199254740992", "-9007199254740993", "1e15", "1e16"),
    fc.integer().map(String),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((each) => JSON.stringify(each)),
  );
  const scalar = fc.oneof(string, number, fc.constantFrom("true", "false", "null"));
  const { value } = fc.letrec<{ value: string }>((tie) => {
    const inner = tie("value");
    const member = fc.tuple(spaces, fc.oneof(fc.constantFrom('"a"', '"b"', '"__proto__"'), string))
      .chain(([space, name]) => inner.map((each) => `${space}${name}${space}:${each}`));
    return {
      value: fc.oneof(
        { maxDepth: 5, depthSize: "small" },
        fc.tuple(spaces, scalar).map(([space, each]) => space + each + space),
        fc.array(inner, { maxLength: 3 }).map((each) => `[${each.join()}]`),
        fc.array(member, { maxLength: 3 }).map((each) => `{${each.join()}}`),
      ),
    };
  });
  return value;
}

Deno.test("parseIJson() refuses a duplicate member name at any depth", () => {
  assertEquals(pointersOf('{"a":1,"a":1}'), ["/a"]);
  assertEquals(pointersOf('{"a":[{"b":{"c":1,"c":2}}]}'), ["/a/0/b/c"]);
  assertEquals(pointersOf('{"__proto__":1,"__proto__":1}'), ["/__proto__"]);
});

Deno.test("parseIJson() sees that an escaped name is the same name", () => {
  assertEquals(pointersOf(String.raw`{"a":1,"\u0061":2}`), ["/a"]);
});

Deno.test("parseIJson() points with RFC 6901 escapes", () => {
  assertEquals(pointersOf('{"a/b":1,"a/b":2,"m~n":1,"m~n":2}'), ["/a~1b", "/m~0n"]);
});

Deno.test("parseIJson() refuses lone surrogates, in values and in names", () => {
  assertEquals(pointersOf(String.raw`{"a":"\ud800"}`), ["/a"]);
  assertEquals(pointersOf(String.raw`{"a":"\udc00\ud800"}`), ["/a"]);
  assert(isRefused(String.raw`{"\udfff":1}`));
  assertEquals(pointersOf(String.raw`{"a":"\ud83d\ude00"}`), []);
});

Deno.test("parseIJson() refuses noncharacters, also beyond the first plane", () => {
  for (const escaped of [String.raw`\ufffe`, String.raw`\ufdd0`, String.raw`\ud83f\udfff`]) {
    assertEquals(pointersOf(`["${escaped}"]`), ["/0"], escaped);
  }
});

Deno.test("parseIJson() refuses numbers that doubles cannot hold, at their place", () => {
  assertEquals(pointersOf('{"a":9007199254740993,"b":[1e999],"c":1}'), ["/a", "/b/0"]);
});

Deno.test("parseIJson() refuses what JSON is not", () => {
  for (
    const text of [
      "",
      " ",
      "{",
      '{"a":1,}',
      "[1,]",
      "{'a':1}",
      "{a:1}",
      "// x\n1",
      "NaN",
      "Infinity",
      "01",
      "+1",
      ".5",
      "1.",
      "0x10",
      '"\t"',
      "1 2",
      "\ufeff{}",
      "undefined",
      '"\\x41"',
    ]
  ) {
    assertEquals(pointersOf(text), [""], JSON.stringify(text));
  }
});

Deno.test("parseIJson() refuses nesting beyond 32 levels without walking it", () => {
  const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
  assert(!isRefused(nested(32)));
  assertEquals(pointersOf(nested(33)), [""]);
  assertEquals(pointersOf(nested(32_000)), [""]);
  // Hidden behind a second member of the same name, where a reader of values would miss it.
  assertEquals(pointersOf(`{"a":${nested(20_000)},"a":1}`), [""]);
});

Deno.test("parseIJson() counts no brackets inside strings", () => {
  assert(!isRefused(JSON.stringify({ a: "[".repeat(100) + '\\"' + "{".repeat(100) })));
});

Deno.test("parseIJson() gives __proto__ as a member like any other", () => {
  const result = parseIJson('{"__proto__":{"polluted":true}}');
  assert(result.ok);
  assertEquals(Object.keys(result.value as object), ["__proto__"]);
  assertEquals(({} as { polluted?: boolean }).polluted, undefined);
});

Deno.test("parseIJson() names no more than 20 flaws", () => {
  assertEquals(pointersOf(`[${Array(500).fill("1e999").join()}]`).length, 20);
});

Deno.test("numberSurvives() accepts every spelling of an exact number", () => {
  for (
    const literal of [
      "0",
      "-0",
      "0.0",
      "1",
      "1.0",
      "1e2",
      "1E+2",
      "100e-2",
      "0.1",
      "2.50",
      "5e-324",
    ]
  ) {
    assert(numberSurvives(literal), literal);
  }
  assert(numberSurvives("9007199254740991"));
  assert(numberSurvives("-9007199254740991"));
});

Deno.test("numberSurvives() refuses what rounds, overflows or underflows", () => {
  for (
    const literal of [
      "9007199254740992",
      "-9007199254740993",
      "1e16",
      "1e999",
      "-1e999",
      "1e-400",
      "3.141592653589793238462643383279",
      "0.1000000000000000055511151231257827",
      "1.00000000000000000001",
    ]
  ) {
    assert(!numberSurvives(literal), literal);
  }
});

Deno.test("numberSurvives() takes linear time on a long literal", () => {
  assert(!numberSurvives(`1.${"0".repeat(60_000)}1`));
  assert(numberSurvives(`1.${"0".repeat(60_000)}`));
});

/** Whole numbers beyond 2^53 and noncharacters are what JSON.stringify() writes and I-JSON refuses. */
function isInterchangeable(text: string): boolean {
  return !/\p{Noncharacter_Code_Point}/u.test(text) && !/\d{16}|e\+/.test(text);
}

import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertStrictEquals,
  assertThrows,
} from "@std/assert";
import { computed, Signal, signal } from "@preact/signals";
import fc from "fast-check";
import { scriptJson } from "../../links/fresh/src/server/page_scripts.ts";
import { propsReader } from "../../links/fresh/src/shared/props_reader.ts";
import { PropsWriter } from "../../links/fresh/src/shared/props_writer.ts";

/** What arrives in the browser of what the server sends. */
function sent<T>(value: T): T {
  const writer = new PropsWriter();
  const position = writer.write(value);
  const read = propsReader(JSON.parse(scriptJson(writer.table)), () => null);
  return read(position) as T;
}

const { value: anything } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(null, undefined, true, false, NaN, Infinity, -Infinity),
    fc.string({ unit: "binary" }),
    fc.double(),
    fc.bigInt(),
    fc.date({ noInvalidDate: false }),
    fc.webUrl().map((url) => new URL(url)),
    fc.uint8Array(),
    fc.constantFrom(/a\/b/gi, /<\/script>/u),
    fc.array(tie("value")),
    fc.sparseArray(tie("value"), { maxLength: 5 }),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom("__proto__", "constructor")), tie("value")),
    fc.array(fc.tuple(tie("value"), tie("value"))).map((pairs) => new Map(pairs)),
    fc.array(tie("value")).map((items) => new Set(items)),
  ),
}));

Deno.test("props arrive in the browser as they were", () => {
  fc.assert(fc.property(anything, (value) => assertEquals(sent(value), value)), { numRuns: 500 });
});

Deno.test("props never end the script they stand in, and hold no line separators", () => {
  const hostile = fc.constantFrom("</script>", "<!--", "]]>", "\u2028", "\u2029", "<script");
  const text = fc.array(fc.oneof(hostile, fc.string())).map((parts) => parts.join(""));
  fc.assert(fc.property(text, (value) => {
    const writer = new PropsWriter();
    writer.write({ [value]: value });
    assert(!/[<>\u2028\u2029]/.test(scriptJson(writer.table)));
    assertEquals(sent({ [value]: value }), { [value]: value });
  }));
});

Deno.test("props keep minus zero and the holes of a sparse array", () => {
  const [zero, minusZero] = sent([0, -0]);
  assertStrictEquals(zero, 0);
  assertStrictEquals(minusZero, -0);
  const sparse = sent([1, , undefined]);
  assertEquals([sparse.length, 1 in sparse, 2 in sparse], [3, false, true]);
});

Deno.test("props keep what is one object one object, and circles circles", () => {
  const shared = { value: 42 };
  const received = sent({ a: shared, b: [shared], map: new Map([[shared, shared]]) });
  assertStrictEquals(received.a, received.b[0]);
  assertEquals([...received.map], [[received.a, received.a]]);

  const circle: { self?: unknown; list: unknown[] } = { list: [] };
  circle.self = circle;
  circle.list.push(circle.list, circle);
  const round = sent(circle);
  assertStrictEquals(round.self, round);
  assertStrictEquals(round.list[0], round.list);
  assertStrictEquals(round.list[1], round);
});

Deno.test("props carry signals: live, shared between islands, with their circles; computed ones fixed", () => {
  const count = signal(1);
  const holder: Signal<unknown> = signal(null);
  holder.value = { holder };
  const writer = new PropsWriter();
  const first = writer.write({ count, doubled: computed(() => count.value * 2) });
  const second = writer.write({ count, holder });
  const read = propsReader(JSON.parse(scriptJson(writer.table)), () => null);
  const one = read(first) as { count: Signal<number>; doubled: Signal<number> };
  const two = read(second) as { count: Signal<number>; holder: Signal<{ holder: unknown }> };
  assertInstanceOf(one.count, Signal);
  assertStrictEquals(one.count, two.count);
  one.count.value = 5;
  assertEquals([two.count.value, one.doubled.value], [5, 2]);
  assertThrows(() => one.doubled.value = 3, TypeError);
  assertStrictEquals(two.holder.value.holder, two.holder);
});

Deno.test("props that cannot be sent are named", () => {
  class Account {}
  const write = (value: unknown) => () => new PropsWriter().write(value);
  assertThrows(write({ onSave: () => {} }), TypeError, "props.onSave is a function");
  assertThrows(write({ a: [new Account()] }), TypeError, "props.a[0] is a Account object");
  assertThrows(write({ s: Symbol("x") }), TypeError, "props.s is a symbol");
  assertThrows(write({ p: Promise.resolve() }), TypeError, "props.p is a Promise object");
});

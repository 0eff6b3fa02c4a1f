import { assertEquals } from "@std/assert";
import { readIdempotencyKey } from "../../lib/http/idempotency_key.ts";

function outcome(...values: readonly string[]): string {
  const headers = new Headers();
  for (const value of values) headers.append("idempotency-key", value);
  const read = readIdempotencyKey(headers);
  return read.ok ? `key ${read.value}` : read.problem.slug;
}

Deno.test("readIdempotencyKey() takes 1 to 128 printable ASCII characters as they stand", () => {
  assertEquals(outcome("a"), "key a");
  assertEquals(outcome("a b~!"), "key a b~!");
  assertEquals(outcome("k".repeat(128)), `key ${"k".repeat(128)}`);
  assertEquals(outcome('"8e03978e-40d5-43dd"'), 'key "8e03978e-40d5-43dd"');
  assertEquals(outcome("a,b"), "key a,b");
});

Deno.test("readIdempotencyKey() asks for a key that is missing", () => {
  assertEquals(outcome(), "idempotency-key-required");
});

Deno.test("readIdempotencyKey() refuses an empty key, a long one and one beyond printable ASCII", () => {
  for (const key of ["", "k".repeat(129), "ké", "a\tb", "\x7f", "\xa0a"]) {
    assertEquals(outcome(key), "invalid-request", JSON.stringify(key));
  }
});

Deno.test("readIdempotencyKey() refuses a header given twice, and what looks like one", () => {
  assertEquals(outcome("a", "b"), "invalid-request");
  assertEquals(outcome("a", "a"), "invalid-request");
  assertEquals(outcome("a, b"), "invalid-request");
});

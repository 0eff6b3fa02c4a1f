import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import * as z from "zod";
import { MAX_BODY_BYTES } from "../../lib/http/body_text.ts";
import { readJson } from "../../lib/http/read_json.ts";

const Body = z.strictObject({ name: z.string(), inner: z.strictObject({ n: z.int() }).optional() });

type Sent = string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>;

function sent(body: Sent | null, headers: Record<string, string> = {}): Request {
  return new Request("http://localhost/", {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });
}

async function slugOf(request: Request): Promise<string> {
  const read = await readJson(request, Body);
  return read.ok ? "read" : read.problem.slug;
}

async function pointersOf(body: Sent): Promise<readonly string[]> {
  const read = await readJson(sent(body), Body);
  return read.ok ? [] : read.problem.members?.errors?.map((flaw) => flaw.pointer) ?? [];
}

Deno.test("readJson() reads application/json with any spelling of UTF-8", async () => {
  const types = [
    "application/json",
    "Application/JSON; charset=utf-8",
    'application/json;charset="UTF-8"',
    "application/json; q=1",
  ];
  for (const type of types) {
    assertEquals(await slugOf(sent('{"name":"a"}', { "content-type": type })), "read", type);
  }
});

Deno.test("readJson() refuses any other media type, charset or encoding", async () => {
  const types = [
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/problem+json",
    "application/jsonp",
    "application/json, text/plain",
    "application/json; charset=utf-16",
  ];
  for (const type of types) {
    const request = sent('{"name":"a"}', { "content-type": type });
    assertEquals(await slugOf(request), "unsupported-media-type", type);
  }
  const gzipped = sent('{"name":"a"}', { "content-encoding": "gzip" });
  assertEquals(await slugOf(gzipped), "unsupported-media-type");
  const untyped = new Request("http://localhost/", {
    method: "POST",
    body: new Uint8Array([123, 125]),
  });
  assertEquals(await slugOf(untyped), "unsupported-media-type");
});

Deno.test("readJson() reads a body of exactly 64 KiB and refuses one byte more", async () => {
  const bodyOf = (bytes: number) => `{"name":"${"a".repeat(bytes - '{"name":""}'.length)}"}`;
  assertEquals(await slugOf(sent(bodyOf(MAX_BODY_BYTES))), "read");
  assertEquals(await slugOf(sent(bodyOf(MAX_BODY_BYTES + 1))), "payload-too-large");
});

Deno.test("readJson() counts the bytes that come, whatever content-length says", async () => {
  for (const length of [undefined, "10", "-1", "nonsense"]) {
    const endless = endlessSpaces();
    const headers: Record<string, string> = length ? { "content-length": length } : {};
    assertEquals(await slugOf(sent(endless.stream, headers)), "payload-too-large", length);
    assert(endless.cancelled(), "the rest must not be read");
    assert(endless.given() <= MAX_BODY_BYTES + 4 * CHUNK, "nor kept");
  }
});

Deno.test("readJson() refuses at once what calls itself too large", async () => {
  const endless = endlessSpaces();
  const headers = { "content-length": String(MAX_BODY_BYTES + 1) };
  assertEquals(await slugOf(sent(endless.stream, headers)), "payload-too-large");
  assert(endless.cancelled());
});

Deno.test("readJson() refuses bytes that are not UTF-8, and a byte order mark", async () => {
  assertEquals(await slugOf(sent(new Uint8Array([0x22, 0xff, 0x22]))), "invalid-request");
  // A surrogate, encoded as if it were a character.
  assertEquals(
    await slugOf(sent(new Uint8Array([0x22, 0xed, 0xa0, 0x80, 0x22]))),
    "invalid-request",
  );
  const marked = new TextEncoder().encode('\ufeff{"name":"a"}');
  assertEquals(await slugOf(sent(marked)), "invalid-request");
});

Deno.test("readJson() refuses a missing and an empty body", async () => {
  assertEquals(await slugOf(sent(null)), "invalid-request");
  assertEquals(await slugOf(sent("")), "invalid-request");
});

Deno.test("readJson() refuses a duplicate member name at any depth", async () => {
  assertEquals(await pointersOf('{"name":"a","name":"a"}'), ["/name"]);
  assertEquals(await pointersOf('{"name":"a","inner":{"n":1,"n":1}}'), ["/inner/n"]);
});

Deno.test("readJson() refuses an unknown member and names it, __proto__ too", async () => {
  assertEquals(await pointersOf('{"name":"a","extra":1}'), ["/extra"]);
  assertEquals(await pointersOf('{"name":"a","inner":{"n":1,"m/x":1}}'), ["/inner/m~1x"]);
  assertEquals(await pointersOf('{"name":"a","__proto__":{"n":1}}'), ["/__proto__"]);
  assertEquals(await pointersOf('{"name":"a","__proto__":null}'), ["/__proto__"]);
});

Deno.test("readJson() names every wrong place at once, and the first in words", async () => {
  const read = await readJson(sent('{"name":1,"inner":{"n":1.5}}'), Body);
  assert(!read.ok);
  assertEquals(read.problem.members?.errors?.map((flaw) => flaw.pointer), ["/name", "/inner/n"]);
  assertStringIncludes(read.problem.detail, "/name");
});

const CHUNK = 1024;

function endlessSpaces() {
  let given = 0;
  let cancelled = false;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      given += CHUNK;
      controller.enqueue(new Uint8Array(CHUNK).fill(0x20));
    },
    cancel() {
      cancelled = true;
    },
  });
  return { stream, given: () => given, cancelled: () => cancelled };
}

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { KnownRequests, requestDigest } from "../../lib/adapters/deno_kv/known_requests.ts";

Deno.test("KnownRequests.has() says yes to everything that was added", () => {
  fc.assert(fc.property(fc.array(fc.string({ minLength: 1 })), (ids) => {
    const known = new KnownRequests();
    for (const id of ids) known.add(id);
    for (const id of ids) assert(known.has(id));
  }));
});

Deno.test("KnownRequests.has() says no to nearly everything else", () => {
  const known = new KnownRequests();
  for (let index = 0; index < 50_000; index++) known.add(`request-${index}`);
  let wrong = 0;
  for (let index = 50_000; index < 150_000; index++) if (known.has(`request-${index}`)) wrong++;
  assertEquals(wrong, 0);
});

Deno.test("KnownRequests.size counts a request once", () => {
  const known = new KnownRequests();
  for (const requestId of ["a", "b", "a"]) known.add(requestId);
  assertEquals(known.size, 2);
});

Deno.test("KnownRequests.addDigest() makes a request known by its digest alone", () => {
  const known = new KnownRequests();
  known.addDigest(requestDigest("by digest"));
  assert(known.has("by digest"));
  assertEquals(known.has("another"), false);
});

Deno.test("requestDigest() of stored requests never changes", () => {
  assertEquals(
    ["", "a", "request-1", "3f0c1f3e-52b4-4c7a-9d5e-0a1b2c3d4e5f"].map(requestDigest),
    [1210190833877914, 4790196146332088, 4231274699266212, 6551935339206218],
  );
});

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { FEW_REQUESTS, KnownRequests } from "../../lib/adapters/deno_kv/known_requests.ts";

Deno.test("KnownRequests.has() says yes to everything that was added", () => {
  fc.assert(fc.property(fc.array(fc.string({ minLength: 1 })), (ids) => {
    const known = new KnownRequests(ids.map((id, index) => [id, index + 1]));
    for (const id of ids) assert(known.has(id));
  }));
});

Deno.test("KnownRequests.has() says no to nearly everything else", () => {
  const known = new KnownRequests();
  for (let index = 0; index < 50_000; index++) known.add(`request-${index}`, index + 1);
  let wrong = 0;
  for (let index = 50_000; index < 150_000; index++) if (known.has(`request-${index}`)) wrong++;
  assertEquals(wrong, 0);
});

Deno.test("KnownRequests.size counts a request once", () => {
  const known = new KnownRequests([["a", 1], ["b", 2], ["a", 1]]);
  assertEquals(known.size, 2);
});

Deno.test("KnownRequests.few holds names and numbers until they are more than a few", () => {
  const known = new KnownRequests();
  for (let seq = 1; seq <= FEW_REQUESTS; seq++) known.add(`r${seq}`, seq);
  assertEquals(known.few?.get("r7"), 7);
  known.add("one more", 99);
  assertEquals(known.few, null);
  assert(known.has("r7") && known.has("one more"));
});

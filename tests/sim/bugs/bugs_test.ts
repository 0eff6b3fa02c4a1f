import { assert, assertThrows } from "@std/assert";
import { Crew } from "../crew.ts";
import { BUGS } from "./bugs.ts";
import { patched } from "./buggy_engine.ts";

/** A bug that hides longer than this would hide in every run of the tests. */
const MOST_SEEDS = 30;
const OPERATIONS = 2_000;

Deno.test("simulate() finds every deliberate bug", async (test) => {
  using crew = new Crew();
  const seeds = Array.from({ length: MOST_SEEDS }, (_, index) => index + 1);
  const searches = BUGS.map(async ({ name }, bug) => {
    const { failure } = await crew.run({ seeds, operations: OPERATIONS, bug });
    return { name, found: failure !== null };
  });
  for (const { name, found } of await Promise.all(searches)) {
    await test.step(`that ${name}`, () => {
      assert(found, `${MOST_SEEDS} seeds did not show it`);
    });
  }
});

Deno.test("patched() refuses a snippet that is not there exactly once", () => {
  const change = { file: "a.ts", snippet: "one", instead: "two" };
  assertThrows(() => patched("nothing", change), Error, "0 places");
  assertThrows(() => patched("one and one", change), Error, "2 places");
});

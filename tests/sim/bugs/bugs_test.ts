import { assert, assertThrows } from "@std/assert";
import { Crew } from "../crew.ts";
import { BUGS } from "./bugs.ts";
import { patched } from "./buggy_engine.ts";

/** A bug that hides longer than this would hide in every run of the tests. */
const MOST_SEEDS = 30;
const OPERATIONS = 2_000;

Deno.test("simulate() finds every deliberate bug", async (test) => {
  using crew = new Crew();
  const searches = BUGS.map(async ({ name }, bug) => {
    for (let seed = 1; seed <= MOST_SEEDS; seed++) {
      const { failure } = await crew.run({ seed, operations: OPERATIONS, bug });
      if (failure) return { name, found: true };
    }
    return { name, found: false };
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

import { assert, assertThrows } from "@std/assert";
import { simulate } from "../simulate.ts";
import type { Bug } from "./bug.ts";
import { BUGS } from "./bugs.ts";
import { patched, withBug } from "./buggy_engine.ts";

/** A bug that hides longer than this would hide in every run of the tests. */
const MOST_SEEDS = 40;
const OPERATIONS = 2_000;

for (const bug of BUGS) {
  Deno.test(`simulate() finds that ${bug.name}`, async () => {
    const found = await withBug(bug, async (engine) => {
      for (let seed = 1; seed <= MOST_SEEDS; seed++) {
        const { failure } = await simulate({ engine, seed, operations: OPERATIONS });
        if (failure) return failure;
      }
      return null;
    });
    assert(found, `${MOST_SEEDS} seeds did not show it`);
  });
}

Deno.test("patched() refuses a snippet that is not there exactly once", () => {
  const bug: Bug = {
    name: "none",
    file: "a.ts",
    changes: [{ snippet: "one", instead: "two" }],
  };
  assertThrows(() => patched("nothing", bug), Error, "0 places");
  assertThrows(() => patched("one and one", bug), Error, "2 places");
});

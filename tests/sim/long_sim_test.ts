import { assertEquals } from "@std/assert";
import { assertHolds } from "./assert_holds.ts";
import { Crew } from "./crew.ts";

const OPERATIONS = 2_000;

/** Seeds that are always run, from 1; every so many of them twice. */
const FIXED_SEEDS = 200;
const TWICE_EVERY = 20;

/** Seeds that nobody has run before. */
const FRESH_SEEDS = 100;

Deno.test("simulate() breaks no invariant on many seeds, and runs them again in the same way", async () => {
  using crew = new Crew();
  const run = async (seed: number) => {
    const report = await crew.run({ seeds: [seed], operations: OPERATIONS, bug: null });
    assertHolds(report);
    return report;
  };
  const twice = async (seed: number) => {
    const [first, second] = await Promise.all([run(seed), run(seed)]);
    assertEquals(second, first);
  };
  const runs: Promise<unknown>[] = [];
  for (let seed = 1; seed <= FIXED_SEEDS; seed++) {
    runs.push(seed % TWICE_EVERY === 1 ? twice(seed) : run(seed));
  }
  const fresh = crypto.getRandomValues(new Uint32Array(FRESH_SEEDS));
  for (const seed of fresh) runs.push(run(seed));
  await Promise.all(runs);
});

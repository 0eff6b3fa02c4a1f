import { assert, assertEquals } from "@std/assert";
import { loadEngine } from "./engine.ts";
import { type Report, simulate } from "./simulate.ts";

const OPERATIONS = 2_000;

/** Seeds that are always run, from 1; every so many of them twice. */
const FIXED_SEEDS = 40;
const TWICE_EVERY = 10;

/** Seeds that nobody has run before. */
const FRESH_SEEDS = 20;

const engine = await loadEngine();

Deno.test("simulate() breaks no invariant on the fixed seeds", async () => {
  for (let seed = 1; seed <= FIXED_SEEDS; seed++) {
    assertHolds(await simulate({ engine, seed, operations: OPERATIONS }));
  }
});

Deno.test("simulate() breaks no invariant on fresh seeds", async () => {
  for (let run = 0; run < FRESH_SEEDS; run++) {
    const seed = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
    assertHolds(await simulate({ engine, seed, operations: OPERATIONS }));
  }
});

Deno.test("simulate() leaves the same trace whenever a seed is run, and another for another", async () => {
  const hashes = new Set<string>();
  let runs = 0;
  for (let seed = 1; seed <= FIXED_SEEDS; seed += TWICE_EVERY) {
    const first = await simulate({ engine, seed, operations: OPERATIONS });
    assertEquals(await simulate({ engine, seed, operations: OPERATIONS }), first);
    hashes.add(first.traceHash);
    runs++;
  }
  assertEquals(hashes.size, runs);
});

Deno.test("simulate() meets every fault and every answer somewhere in the fixed seeds", async () => {
  const met = new Set<string>();
  for (let seed = 1; seed <= FIXED_SEEDS / 2; seed++) {
    const { counts } = await simulate({ engine, seed, operations: OPERATIONS / 10 });
    for (const what of counts.keys()) met.add(what);
  }
  const wanted = [
    ...["lostBeforeStored", "storedButUntold", "storedAfterFailure", "locked", "resent"],
    ...["dropped", "repeated", "late", "readFails", "slowCall", "crash", "clockJump", "storm"],
    ...["placed", "refused", "mismatch", "contended", "unknown", "failed", "no answer"],
  ];
  assertEquals(wanted.filter((what) => !met.has(what)), []);
});

function assertHolds({ seed, failure }: Report): void {
  if (!failure) return;
  const { step, words, lastLines } = failure;
  assert(
    false,
    [
      `seed ${seed} fails at step ${step}: ${words}`,
      ...lastLines,
      `Replay it with: deno task sim --seed ${seed} --ops ${OPERATIONS}`,
    ].join("\n"),
  );
}

import { assertEquals } from "@std/assert";
import { assertHolds } from "./assert_holds.ts";
import { loadEngine } from "./engine.ts";
import { simulate } from "./simulate.ts";

/** A first look, in seconds; the long one is beside it. */
const SEEDS = 60;
const OPERATIONS = 300;

const engine = await loadEngine();

Deno.test("simulate() breaks no invariant, and meets every fault and every answer", async () => {
  const met = new Set<string>();
  for (let seed = 1; seed <= SEEDS; seed++) {
    const report = await simulate({ engine, seed, operations: OPERATIONS });
    assertHolds(report);
    for (const what of report.counts.keys()) met.add(what);
  }
  const wanted = [
    ...["lostBeforeStored", "storedButUntold", "storedAfterFailure", "locked", "resent"],
    ...["dropped", "repeated", "late", "readFails", "slowCall", "crash", "clockJump", "forget"],
    ...["storm", "placed", "held", "confirmed", "told late"],
    ...["mismatch", "contended", "unknown", "failed", "no answer"],
    ...["selection_unknown", "market_closed", "market_suspended", "stake_out_of_range"]
      .map((kind) => `refused ${kind}`),
    ...["price_changed", "insufficient_funds", "liability_cap", "hold_unknown", "hold_expired"]
      .map((kind) => `refused ${kind}`),
    ...["hold_not_pending", "hold_active"].map((kind) => `refused ${kind}`),
    ...["changed", "market_unknown"],
    ...["market_closed", "selection_unknown"].map((kind) => `market refused ${kind}`),
  ];
  assertEquals(wanted.filter((what) => !met.has(what)), []);
});

Deno.test("simulate() leaves the same trace whenever a seed is run, and another for another", async () => {
  const first = await simulate({ engine, seed: 1, operations: OPERATIONS });
  const second = await simulate({ engine, seed: 2, operations: OPERATIONS });
  assertEquals(await simulate({ engine, seed: 1, operations: OPERATIONS }), first);
  assertEquals(await simulate({ engine, seed: 2, operations: OPERATIONS }), second);
  assertEquals(new Set([first.traceHash, second.traceHash]).size, 2);
});

import { cellName } from "../run/plan.ts";
import { type MemoryPoint, type Sample, type Samples, spreadOf } from "../run/samples.ts";
import { mebibytes, short, shortSpread } from "./numbers.ts";
import type { Target } from "./targets.ts";
import { textTable } from "./text_table.ts";

/** Every cell with the medians over its rounds. */
export function resultTable(samples: Samples): string {
  const header = [
    ...["", "bets/s (reach)", "p50 ms", "p99 ms", "max ms", "log p99 ms"],
    ...["settle ms", "MiB", "not placed"],
  ];
  const rows = samples.rows().map(({ cell, rounds }) => {
    const middle = (valueOf: (sample: Sample) => number | undefined) =>
      spreadOf(rounds.map(valueOf).filter((value) => value !== undefined))?.median ?? NaN;
    return [
      cellName(cell),
      shortSpread(spreadOf(rounds.map((sample) => sample.throughput))),
      short(middle((sample) => sample.latency?.p50Ms)),
      short(middle((sample) => sample.latency?.p99Ms)),
      short(middle((sample) => sample.latency?.maxMs)),
      short(middle((sample) => sample.auditLag?.p99Ms)),
      short(middle((sample) => sample.settledMs)),
      mebibytes(middle((sample) => sample.memoryBytes)),
      String(rounds.reduce((sum, { refused, failed }) => sum + refused + failed, 0)),
    ];
  });
  return textTable(header, rows);
}

/** Every target with what was measured and whether it holds. */
export function targetTable(targets: readonly Target[]): string {
  return textTable(
    ["ratios", "measured (reach)", "target", ""],
    targets.map(({ name, unit, bound, measured, met }) => [
      name,
      measured ? shortSpread(measured) + unit : "not measured",
      "atLeast" in bound ? `≥ ${bound.atLeast}${unit}` : `≤ ${bound.atMost}${unit}`,
      met === null ? "" : met ? "met" : "not met",
    ]),
  );
}

/** How the memory went with the bets. */
export function memoryTable(points: readonly MemoryPoint[]): string {
  return textTable(
    ["ledger: bets placed", "MiB"],
    points.map(({ bets, memoryBytes }) => [bets.toLocaleString("en"), mebibytes(memoryBytes)]),
  );
}

import { cellName } from "../run/plan.ts";
import type { Samples } from "../run/samples.ts";
import type { Options } from "../run/options.ts";
import { spreadOf } from "../run/samples.ts";
import { writePlot } from "./plot.ts";
import type { Machine } from "./machine.ts";
import type { Target } from "./targets.ts";

const BASELINE = new URL("../baseline.json", import.meta.url);
const PLOT = new URL("../../docs/performance.svg", import.meta.url);

/** Keeps a run: its figures with what they were taken on, and the picture of them. */
export async function saveBaseline(
  run: {
    readonly machine: Machine;
    readonly options: Options;
    readonly samples: Samples;
    readonly targets: readonly Target[];
  },
): Promise<void> {
  const { machine, samples, targets } = run;
  const { folder: _folder, save: _save, ...options } = run.options;
  const results = samples.rows().map(({ cell, rounds }) => ({ cell: cellName(cell), rounds }));
  const { memoryOverBets } = samples;
  const baseline = { machine, options, targets, results, memoryOverBets };
  await Deno.writeTextFile(BASELINE, `${JSON.stringify(baseline, rounded, 2)}\n`);
  const bars = samples.rows()
    .filter(({ cell }) => cell.load === "closed" && cell.accounts === "few")
    .map(({ cell, rounds }) => ({
      ...{ group: cell.workload, name: cell.contender },
      spread: spreadOf(rounds.map((sample) => sample.throughput)),
    }));
  await Deno.writeTextFile(PLOT, writePlot(bars));
  await formatAsCommitted([BASELINE.pathname, PLOT.pathname]);
}

/** The repository's own format, so that what is kept passes its checks. */
async function formatAsCommitted(paths: readonly string[]): Promise<void> {
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--quiet", ...paths],
  }).output();
  if (!success) throw new Error("the baseline could not be formatted");
}

/** Four digits that count are more than the machine repeats. */
function rounded(_member: string, value: unknown): unknown {
  if (typeof value !== "number" || Number.isInteger(value)) return value;
  return Number(value.toPrecision(4));
}

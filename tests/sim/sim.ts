import process from "node:process";
import { parseArgs } from "node:util";
import { loadEngine } from "./engine.ts";
import { type Report, simulate } from "./simulate.ts";

/**
 * `deno task sim --seed N [--ops 2000] [--verbose]` replays one seed; `--seeds 200 [--from N]` runs
 * many. Each seed is run twice and must leave the same trace. Exits with 1 when anything is wrong.
 */
const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    seeds: { type: "string" },
    from: { type: "string", default: "1" },
    ops: { type: "string", default: "2000" },
    verbose: { type: "boolean", default: false },
  },
});

const engine = await loadEngine();
const operations = Number(values.ops);
const first = Number(values.seed ?? values.from);
const seeds = values.seed === undefined ? Number(values.seeds ?? "20") : 1;
const started = process.cpuUsage();
const done = { answered: 0, contended: 0 };
let failures = 0;
for (let seed = first; seed < first + seeds; seed++) {
  const print = values.verbose ? { print: (line: string) => console.log(line) } : {};
  const report = await simulate({ engine, seed, operations, ...print });
  const again = await simulate({ engine, seed, operations });
  for (const { answered, counts } of [report, again]) {
    done.answered += answered;
    done.contended += counts.get("contended") ?? 0;
  }
  const same = report.traceHash === again.traceHash;
  if (report.failure || !same) failures++;
  if (report.failure) tellFailure(report);
  if (!same) console.log(`seed ${seed} left two traces: ${report.traceHash}, ${again.traceHash}`);
  if (values.seed !== undefined) tellCounts(report);
}
// Of the processor, with what it does beside for compiling and collecting: others may use the machine.
const { user, system } = process.cpuUsage(started);
const speed = Math.round(done.answered / ((user + system) / 1e6));
console.log(
  `${seeds} seeds twice, ${failures} failed; ${done.answered} operations answered, ` +
    `${done.contended} of them "contended"; ${speed} a second of one core`,
);
if (failures > 0) Deno.exit(1);

function tellCounts(report: Report): void {
  console.log(`seed ${report.seed}: trace ${report.traceHash}, ${report.steps} steps`);
  for (const [what, count] of [...report.counts].sort()) console.log(`  ${what}: ${count}`);
}

function tellFailure({ seed, failure }: Report): void {
  if (!failure) return;
  console.log(`seed ${seed} fails at step ${failure.step}: ${failure.words}`);
  for (const line of failure.lastLines) console.log(`  ${line}`);
}

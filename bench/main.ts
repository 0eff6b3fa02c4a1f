import { PeerMissing } from "./peers/debian_packages.ts";
import { saveBaseline } from "./report/baseline.ts";
import { describeMachine, fileSystemOf } from "./report/machine.ts";
import { short } from "./report/numbers.ts";
import { memoryTable, resultTable, targetTable } from "./report/tables.ts";
import { targetsFrom } from "./report/targets.ts";
import { Field } from "./run/field.ts";
import { HelpWanted, OptionError, type Options, readOptions, USAGE } from "./run/options.ts";
import { cellName } from "./run/plan.ts";
import { measureMemoryOverBets, measureRounds } from "./run/rounds.ts";
import { Samples } from "./run/samples.ts";

/** Whatever goes wrong, a run is over after this. */
const RUN_LIMIT_MS = 20 * 60_000;

async function run(options: Options, stopped: AbortSignal): Promise<void> {
  await checkFolder(options.folder);
  await using stack = new AsyncDisposableStack();
  const folder = await Deno.makeTempDir({ dir: options.folder, prefix: "holdfast-bench-" });
  stack.defer(() => Deno.remove(folder, { recursive: true }));
  // PostgreSQL runs as another user, who has to get through to its own folder.
  await Deno.chmod(folder, 0o711);
  const field = stack.use(new Field(folder, options));
  stopped.addEventListener("abort", () => field.abandon());

  await field.startPeers();
  const samples = new Samples();
  await measureRounds(field, samples, (round, cell, { throughput }) => {
    stopped.throwIfAborted();
    console.error(
      `${(performance.now() / 1000).toFixed(0)} s ${round}/${options.rounds}  ${cellName(cell)}: ${
        short(throughput)
      } bets/s`,
    );
  });
  if (options.bets > 0 && options.only.includes("ledger")) {
    samples.memoryOverBets = await measureMemoryOverBets(field);
  }
  const targets = targetsFrom(samples);
  console.log(`\n${resultTable(samples)}\n\n${targetTable(targets)}`);
  if (samples.memoryOverBets.length > 0) console.log(`\n${memoryTable(samples.memoryOverBets)}`);
  if (options.save) {
    await saveBaseline({ machine: await describeMachine(field), options, samples, targets });
  }
}

/** Durability is half of what is measured, so the data must go to a disk. */
async function checkFolder(folder: string): Promise<void> {
  const there = await Deno.stat(folder).catch(() => null);
  if (!there?.isDirectory) throw new OptionError(`--folder ${folder} is not a folder.`);
  if (await fileSystemOf(folder) === "tmpfs") {
    throw new OptionError(`--folder ${folder} is in memory; nothing is durable there.`);
  }
}

async function main(): Promise<number> {
  const stop = new AbortController();
  const limit = setTimeout(() => stop.abort(new Error("the run took too long")), RUN_LIMIT_MS);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    Deno.addSignalListener(signal, () => stop.abort(new Error(`stopped by ${signal}`)));
  }
  try {
    await run(readOptions(Deno.args), stop.signal);
    return 0;
  } catch (error) {
    if (error instanceof HelpWanted) {
      console.log(USAGE);
      return 0;
    }
    if (stop.signal.aborted) console.error(`The run was given up: ${stop.signal.reason.message}.`);
    else if (error instanceof OptionError) console.error(`${error.message}\n\n${USAGE}`);
    else if (error instanceof PeerMissing) console.error(error.message);
    else console.error(error);
    return 1;
  } finally {
    clearTimeout(limit);
  }
}

if (import.meta.main) Deno.exit(await main());

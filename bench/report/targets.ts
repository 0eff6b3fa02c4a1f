import type { ContenderName } from "../contenders/all.ts";
import type { Cell } from "../run/plan.ts";
import { type Sample, type Samples, type Spread, spreadOf } from "../run/samples.ts";
import type { Workload } from "../workloads.ts";

/** Something that must hold, and what this run says about it. */
export interface Target {
  readonly name: string;
  readonly unit: "" | " ms";
  readonly bound: { readonly atLeast: number } | { readonly atMost: number };
  /** Over the rounds; null when it was not measured. */
  readonly measured: Spread | null;
  /** Whether the median holds; null when it was not measured. */
  readonly met: boolean | null;
}

/** Memory whose later half is no further than this above its earlier half counts as flat. */
const FLAT_AT_MOST = 1.1;

/** With fewer bets than this, growth could hide in the noise: the target counts as not measured. */
const BETS_THAT_TELL = 1_000_000;

/**
 * The ratios that this project promises. Each is taken within a round, where both sides met the same
 * machine, and the median over the rounds counts.
 */
export function targetsFrom(samples: Samples): readonly Target[] {
  const ledger = (workload: Workload) => closed("ledger", workload);
  const many: Cell = { ...ledger("spread"), accounts: "many" };
  const http = closed("ledger-http", "spread");
  const ratio = (name: string, over: Cell, under: Cell, atLeast: number) =>
    target(name, "", { atLeast }, throughputRatios(samples.of(over), samples.of(under)));
  return [
    ratio("ledger : one-atomic, spread", ledger("spread"), closed("one-atomic", "spread"), 6),
    ratio(
      "ledger : one-atomic, hot account",
      ledger("hot account"),
      closed("one-atomic", "hot account"),
      40,
    ),
    ratio(
      "ledger : postgres-function, spread",
      ledger("spread"),
      closed("postgres-function", "spread"),
      1.5,
    ),
    ratio("ledger : redis, spread (goal 1.0)", ledger("spread"), closed("redis", "spread"), 0.5),
    ratio("ledger, hot account : spread", ledger("hot account"), ledger("spread"), 0.8),
    ratio("ledger, hot outcome : spread", ledger("hot outcome"), ledger("spread"), 0.8),
    ratio("ledger-http : http-ceiling, spread", http, closed("http-ceiling", "spread"), 0.2),
    target(
      "ledger-http, p99 at half of its load",
      " ms",
      { atMost: 50 },
      samples.of({ ...http, load: "half" }).map(({ latency }) => latency?.p99Ms ?? Infinity),
    ),
    target("ledger, audit lag p99, worst workload", " ms", { atMost: 1_000 }, worstLags(samples)),
    ratio("ledger, many accounts : few, spread", many, ledger("spread"), 0.8),
    target(
      "ledger, memory over a million bets, late : early",
      "",
      { atMost: FLAT_AT_MOST },
      growth(samples),
    ),
  ];
}

function closed(contender: ContenderName, workload: Workload): Cell {
  return { contender, workload, accounts: "few", load: "closed" };
}

function throughputRatios(over: readonly Sample[], under: readonly Sample[]): readonly number[] {
  return over.flatMap((sample, round) => {
    const other = under[round];
    return other && other.throughput > 0 ? [sample.throughput / other.throughput] : [];
  });
}

function worstLags(samples: Samples): readonly number[] {
  const workloads: readonly Workload[] = ["spread", "hot account", "hot outcome"];
  const rounds = workloads.map((workload) => samples.of(closed("ledger", workload)));
  return (rounds[0] ?? []).map((_, round) =>
    Math.max(...rounds.map((samples) => samples[round]?.auditLag?.p99Ms ?? Infinity))
  );
}

/** Medians of the halves, because single looks go up and down with the collector's rounds. */
function growth({ memoryOverBets }: Samples): readonly number[] {
  if ((memoryOverBets.at(-1)?.bets ?? 0) < BETS_THAT_TELL) return [];
  // The first look still sees the program warm up.
  const bytes = memoryOverBets.slice(1).map((point) => point.memoryBytes);
  const early = spreadOf(bytes.slice(0, Math.floor(bytes.length / 2)));
  const late = spreadOf(bytes.slice(Math.ceil(bytes.length / 2)));
  return early && late ? [late.median / early.median] : [];
}

function target(
  name: string,
  unit: Target["unit"],
  bound: Target["bound"],
  values: readonly number[],
): Target {
  const measured = spreadOf(values);
  const met = measured &&
    ("atLeast" in bound ? measured.median >= bound.atLeast : measured.median <= bound.atMost);
  return { name, unit, bound, measured, met };
}

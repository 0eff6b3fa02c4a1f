import type { Field } from "./field.ts";
import { memoryBytes } from "./memory.ts";
import { type Cell, cellName, planRound } from "./plan.ts";
import { type MemoryPoint, type Sample, Samples, spreadOf } from "./samples.ts";

/** How many times the memory is looked at on the way through the bets. */
const LOOKS = 10;

/** Measures every cell once a round. `report` hears of each as soon as it is there. */
export async function measureRounds(
  field: Field,
  samples: Samples,
  report: (round: number, cell: Cell, sample: Sample) => void,
): Promise<void> {
  for (let round = 1; round <= field.options.rounds; round++) {
    for (const cell of planRound(field.options)) {
      const sample = await measureCell(field, samples, cell);
      samples.add(cell, sample);
      report(round, cell, sample);
    }
  }
}

async function measureCell(field: Field, samples: Samples, cell: Cell): Promise<Sample> {
  const { options } = field;
  const accounts = cell.accounts === "many" ? options.manyAccounts : options.accounts;
  const contender = await field.contender(cell.contender, { accounts, purpose: cell.accounts });
  const { warmUpMs, measureMs } = options;
  const clients = field.clients(cell.contender);
  const load = { workload: cell.workload, accounts, clients, warmUpMs, measureMs };
  const measured = cell.load === "closed"
    ? await contender.do("closedLoop", load)
    : await contender.do("openLoop", { ...load, betsASecond: halfOf(samples, cell) });
  const memory = await memoryBytes(field.processesOf(contender));
  const settlingFrom = performance.now();
  await contender.do("settle", null);
  return { ...measured, memoryBytes: memory, settledMs: performance.now() - settlingFrom };
}

/** Half of what the same contender took in the closed loop, which comes before in the round. */
function halfOf(samples: Samples, cell: Cell): number {
  const closed: Cell = { ...cell, load: "closed" };
  const throughput = spreadOf(samples.of(closed).map((sample) => sample.throughput));
  if (!throughput) throw new Error(`${cellName(closed)} was to be measured first`);
  return Math.max(1, throughput.median / 2);
}

/** Places many bets on a fresh ledger and looks at its memory on the way. */
export async function measureMemoryOverBets(field: Field): Promise<readonly MemoryPoint[]> {
  const { accounts, bets, betsLimitMs } = field.options;
  const contender = await field.contender("ledger", { accounts, purpose: "memory" });
  const clients = field.clients("ledger");
  const points: MemoryPoint[] = [];
  let placed = 0;
  for (let look = 0; look < LOOKS; look++) {
    placed += await contender.do("countedBets", {
      ...{ accounts, clients, bets: Math.ceil(bets / LOOKS), limitMs: betsLimitMs / LOOKS },
    });
    const bytes = await memoryBytes(field.processesOf(contender));
    points.push({ bets: placed, memoryBytes: bytes });
  }
  return points;
}

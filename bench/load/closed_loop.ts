import type { BenchBet, Contender } from "../contender.ts";
import { drawBet, type Workload } from "../workloads.ts";
import { Latencies } from "./latencies.ts";
import { type Measured, Tally } from "./measured.ts";
import { watchAuditLag } from "./audit_lag.ts";

/** Clients that each ask again as soon as they are answered. */
export interface ClosedLoop {
  readonly workload: Workload;
  readonly accounts: number;
  readonly clients: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
}

/** What is answered while it measures counts, with the whole of its time. */
export async function runClosedLoop(contender: Contender, loop: ClosedLoop): Promise<Measured> {
  const { workload, accounts, clients, warmUpMs, measureMs } = loop;
  const latencies = new Latencies();
  const tally = new Tally();
  const fromMs = performance.now() + warmUpMs;
  const untilMs = fromMs + measureMs;
  const lag = watchAuditLag(contender, {
    workload,
    accounts,
    fromMs,
    untilMs,
    clientIndex: clients,
  });
  await Promise.all(Array.from({ length: clients }, async (_, clientIndex) => {
    for (let askedMs = performance.now(); askedMs < untilMs; askedMs = performance.now()) {
      const end = await placeOrFail(contender, drawBet(workload, { clientIndex, accounts }));
      const answeredMs = performance.now();
      lag.answered();
      if (answeredMs < fromMs || answeredMs > untilMs) continue;
      tally.count(end);
      if (end === "placed") latencies.record(answeredMs - askedMs);
    }
  }));
  return {
    throughput: tally.placed / (measureMs / 1_000),
    latency: latencies.summary(),
    refused: tally.refused,
    failed: tally.failed,
    auditLag: await lag.done(),
  };
}

/** How one bet ended; a bet that threw is counted, and the first one is shown. */
export async function placeOrFail(
  contender: Contender,
  bet: BenchBet,
): Promise<"placed" | "refused" | "failed"> {
  try {
    return await contender.place(bet);
  } catch (error) {
    if (!failureShown) {
      console.error("A bet ended without an answer (further ones are counted).", error);
    }
    failureShown = true;
    return "failed";
  }
}

let failureShown = false;

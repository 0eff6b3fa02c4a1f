import type { Contender } from "../contender.ts";
import { drawBet, type Workload } from "../workloads.ts";
import { watchAuditLag } from "./audit_lag.ts";
import { placeOrFail } from "./closed_loop.ts";
import { Latencies } from "./latencies.ts";
import { type Measured, Tally } from "./measured.ts";

/** Bets that come at a steady rate, whether or not earlier ones are answered. */
export interface OpenLoop {
  readonly workload: Workload;
  readonly accounts: number;
  readonly clients: number;
  readonly betsASecond: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
}

/** Bets under way beyond which new ones are not sent but counted as failed: it cannot keep up. */
const UNDER_WAY_AT_MOST = 4_096;

/**
 * Times count from the moment at which a bet was due, so that a stall counts for everybody who would
 * have asked during it (Gil Tene: coordinated omission).
 */
export async function runOpenLoop(contender: Contender, loop: OpenLoop): Promise<Measured> {
  const { workload, accounts, clients, betsASecond, warmUpMs, measureMs } = loop;
  const latencies = new Latencies();
  const tally = new Tally();
  const startMs = performance.now();
  const fromMs = startMs + warmUpMs;
  const untilMs = fromMs + measureMs;
  const lag = watchAuditLag(contender, {
    workload,
    accounts,
    fromMs,
    untilMs,
    clientIndex: clients,
  });
  const underWay = new Set<Promise<void>>();

  async function placeDue(dueMs: number, clientIndex: number): Promise<void> {
    const end = await placeOrFail(contender, drawBet(workload, { clientIndex, accounts }));
    lag.answered();
    if (dueMs < fromMs) return;
    tally.count(end);
    if (end === "placed") latencies.record(performance.now() - dueMs);
  }

  const bets = Math.floor((warmUpMs + measureMs) / 1_000 * betsASecond);
  for (let sent = 0; sent < bets;) {
    const dueNow = Math.min(bets, (performance.now() - startMs) / 1_000 * betsASecond);
    for (; sent < dueNow; sent++) {
      if (underWay.size >= UNDER_WAY_AT_MOST) {
        tally.count("failed");
        continue;
      }
      const bet = placeDue(startMs + sent / betsASecond * 1_000, sent % clients);
      underWay.add(bet);
      bet.finally(() => underWay.delete(bet));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(underWay);
  return {
    throughput: tally.placed / (measureMs / 1_000),
    latency: latencies.summary(),
    refused: tally.refused,
    failed: tally.failed,
    auditLag: await lag.done(),
  };
}

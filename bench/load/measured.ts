import type { LatencySummary } from "./latencies.ts";

/** What one run of load on one contender gave. */
export interface Measured {
  /** Bets placed in a second. */
  readonly throughput: number;
  readonly latency: LatencySummary | null;
  /** Answers that were not a placed bet, and calls that threw. */
  readonly refused: number;
  readonly failed: number;
  /** From a reply to its record in the log; null where the record is part of the commit. */
  readonly auditLag: LatencySummary | null;
}

/** Counts the ends of bets. */
export class Tally {
  placed = 0;
  refused = 0;
  failed = 0;

  count(end: "placed" | "refused" | "failed"): void {
    this[end]++;
  }
}

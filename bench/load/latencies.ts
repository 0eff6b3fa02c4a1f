import { build, type Histogram } from "hdr-histogram-js";

/** Times in milliseconds: half of them are up to `p50`, and so on. */
export interface LatencySummary {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** Takes times in and tells how they are distributed, to three digits, in constant memory. */
export class Latencies {
  readonly #histogram: Histogram = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: 600_000_000,
    numberOfSignificantValueDigits: 3,
    autoResize: false,
    useWebAssembly: false,
  });

  record(elapsedMs: number): void {
    this.#histogram.recordValue(Math.max(1, Math.round(elapsedMs * 1_000)));
  }

  /** Null when nothing was recorded. */
  summary(): LatencySummary | null {
    const histogram = this.#histogram;
    if (histogram.totalCount === 0) return null;
    return {
      p50Ms: histogram.getValueAtPercentile(50) / 1_000,
      p99Ms: histogram.getValueAtPercentile(99) / 1_000,
      maxMs: histogram.maxValue / 1_000,
    };
  }
}

import type { AuditWatch, Contender } from "../contender.ts";
import { drawBet, type Workload } from "../workloads.ts";
import { placeOrFail } from "./closed_loop.ts";
import { Latencies, type LatencySummary } from "./latencies.ts";

/** When and on what the lag is sampled. The sampler is one more client beside those of the load. */
interface LagWatch {
  readonly workload: Workload;
  readonly accounts: number;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly clientIndex: number;
}

const SAMPLE_EVERY_MS = 100;

/**
 * The first look comes after this; later ones are as far apart as a seventh of the wait so far, by which
 * a lag can seem longer than it is. Each is work for the contender that is being measured: they are to
 * be few.
 */
const LOOK_AGAIN_MS = 20;
const LOOK_AGAIN_SHARE = 0.15;

/** A record that is not there after this long counts as this late, and the sampling ends. */
const LAG_LIMIT_MS = 10_000;

/**
 * Samples how long after its reply a bet's record is in the log. Where bets are spread, it places bets
 * of its own and looks for their records under their accounts. Where one account takes everything, its
 * records land in its own order, so it is enough that the log has as many as were answered by then.
 */
export function watchAuditLag(
  contender: Contender,
  watch: LagWatch,
): { answered(): void; done(): Promise<LatencySummary | null> } {
  const { audit } = contender;
  if (!audit) return { answered: () => {}, done: () => Promise.resolve(null) };
  let answers = 0;
  const latencies = new Latencies();
  const samples: Promise<boolean>[] = [];
  const sampling = sample(contender, audit);
  return {
    answered: () => void answers++,
    done: async () => {
      await sampling;
      await Promise.all(samples);
      return latencies.summary();
    },
  };

  async function sample(contender: Contender, audit: AuditWatch): Promise<void> {
    const { workload, accounts, fromMs, untilMs, clientIndex } = watch;
    const sizeAtStart = await audit.size();
    let keepsUp = true;
    while (keepsUp && performance.now() < untilMs) {
      const after = await audit.size();
      const bet = drawBet(workload, { clientIndex, accounts });
      const end = await placeOrFail(contender, bet);
      answers++;
      const answeredMs = performance.now();
      const expected = sizeAtStart + answers;
      const landed = workload === "hot account"
        ? async () => await audit.size() >= expected
        : () => audit.has({ ...bet, after });
      // Samples overlap, so that late records do not thin out the sampling just when it matters.
      if (end === "placed" && answeredMs >= fromMs) {
        const sampled = waitFor(landed, answeredMs);
        samples.push(sampled.then((inTime) => keepsUp &&= inTime));
      }
      await pause(SAMPLE_EVERY_MS);
    }
  }

  async function waitFor(landed: () => Promise<boolean>, answeredMs: number): Promise<boolean> {
    while (performance.now() - answeredMs < LAG_LIMIT_MS) {
      if (await landed()) {
        latencies.record(performance.now() - answeredMs);
        return true;
      }
      const waitedMs = performance.now() - answeredMs;
      await pause(Math.max(LOOK_AGAIN_MS, waitedMs * LOOK_AGAIN_SHARE));
    }
    latencies.record(LAG_LIMIT_MS);
    return false;
  }
}

function pause(lengthMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, lengthMs));
}

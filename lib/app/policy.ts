import type { Rounding } from "../domain/price.ts";

/** The numbers a bookmaker chooses. Amounts are minor units, times are milliseconds. */
export interface Policy {
  readonly minStakeMinor: number;
  readonly maxStakeMinor: number;
  /** How returns are rounded; each bet keeps the policy it was accepted under. */
  readonly rounding: Rounding;
  /** How often a decision is tried again when the store had changed or would not take it. */
  readonly commitAttempts: number;
  /** How many undertakings may wait for their commit in one process. */
  readonly waitingAtMost: number;
  /** How long a hold lives. */
  readonly holdMs: number;
  /** How long a repeated request gets the very answer that the first one got. */
  readonly replayMs: number;
  /** How many records one write to the log takes at most. */
  readonly drainBatch: number;
  /** How many records the log may lack before bets wait for it: about a third of a second's work. */
  readonly logBehindAtMost: number;
  /** The play money a new demo player gets. */
  readonly demoGrantMinor: number;
  /** How long a session lasts. */
  readonly sessionMs: number;
  /** How long a change of a market may stay unseen in the lobby's copy. */
  readonly lobbyStaleMs: number;
}

/** The policy in force where nothing else is configured. */
export const DEFAULT_POLICY: Policy = {
  minStakeMinor: 1,
  maxStakeMinor: 10_000_000,
  rounding: "floor",
  commitAttempts: 8,
  waitingAtMost: 10_000,
  holdMs: 30_000,
  replayMs: 24 * 60 * 60 * 1_000,
  drainBatch: 2_000,
  logBehindAtMost: 3_000,
  demoGrantMinor: 100_000,
  sessionMs: 30 * 24 * 60 * 60 * 1_000,
  lobbyStaleMs: 60_000,
};

import { createHash } from "node:crypto";
import {
  systemBackoff,
  systemClock,
  systemRandomness,
} from "../lib/adapters/system/surroundings.ts";
import { DEFAULT_POLICY, type Policy } from "../lib/app/policy.ts";
import type { Ports } from "../lib/app/services.ts";

/** What surrounds the use cases in every object. */
export const SURROUNDINGS: Pick<
  Ports,
  "clock" | "randomness" | "backoff" | "sha256" | "brake"
> = {
  clock: systemClock,
  randomness: systemRandomness,
  backoff: systemBackoff,
  sha256: (bytes) => createHash("sha256").update(bytes).digest(),
  // An object's line is short, and the log takes what an object has whenever it comes.
  brake: { released: () => Promise.resolve(true) },
};

/** The policy in force, with a line for each object that ends where its own second would. */
export const POLICY: Policy = { ...DEFAULT_POLICY, waitingAtMost: 1_000 };

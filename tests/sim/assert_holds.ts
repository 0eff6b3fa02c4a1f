import { assert } from "@std/assert";
import type { Report } from "./simulate.ts";

/** Fails, with what led to it and how to see it again, when an invariant was broken. */
export function assertHolds({ seed, operations, failure }: Report): void {
  if (!failure) return;
  const { step, words, lastLines } = failure;
  const story = [
    `seed ${seed} fails at step ${step}: ${words}`,
    ...lastLines,
    `Replay it with: deno task sim --seed ${seed} --ops ${operations}`,
  ];
  assert(false, story.join("\n"));
}

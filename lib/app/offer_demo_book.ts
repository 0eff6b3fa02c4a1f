import { demoBook } from "./demo_book.ts";
import type { Services } from "./services.ts";

/**
 * Puts the demo's events on offer. An event that is there with its markets and has yet to start stays
 * as it is; one that has started gets a new start time, so that the demo is never out of date. Throws
 * when the store could not take it.
 */
export async function offerDemoBook(
  services: Pick<Services, "event" | "offerEvent">,
  nowMs: number,
): Promise<void> {
  for (const offered of demoBook(nowMs)) {
    const { event, markets } = offered;
    const there = await services.event(event.id);
    const isUpToDate = there !== null && there.markets.length === markets.length &&
      there.event.startsAtMs > nowMs;
    if (isUpToDate || await services.offerEvent(offered)) continue;
    throw new Error(`the store could not take the markets of ${event.id}`);
  }
}

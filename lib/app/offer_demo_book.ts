import type { Book } from "../ports/book.ts";
import { demoBook } from "./demo_book.ts";

/**
 * Puts the demo's events on offer. An event that is there and has yet to start stays as it is; one
 * that has started gets a new start time, so that the demo is never out of date.
 */
export async function offerDemoBook(book: Book, nowMs: number): Promise<void> {
  for (const offered of demoBook(nowMs)) {
    const there = await book.event(offered.event.id);
    if (!there || there.event.startsAtMs <= nowMs) await book.offer(offered);
  }
}

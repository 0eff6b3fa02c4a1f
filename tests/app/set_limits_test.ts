import { assertEquals } from "@std/assert";
import { setLimits } from "../../lib/app/set_limits.ts";
import type { MarketState } from "../../lib/domain/market.ts";
import type { Book, MarketChange } from "../../lib/ports/book.ts";
import type { CommitOutcome } from "../../lib/ports/commit_outcome.ts";

const MARKET: MarketState = {
  id: "market",
  eventId: "event",
  name: "Winner",
  status: "open",
  version: 1,
  selections: [{ id: "home", name: "Home", price: { num: 2, den: 1 }, liabilityCapMinor: 5 }],
};

/** A book whose changes all end in the same way. */
function bookThatSays(outcome: Exclude<CommitOutcome, "committed">): Book {
  const refused = () => Promise.reject(new Error("not asked for here"));
  return {
    events: refused,
    event: refused,
    offer: refused,
    market: () => Promise.resolve(MARKET),
    changeMarket: (): Promise<MarketChange> => Promise.resolve({ outcome }),
  };
}

async function kindAfter(outcome: Exclude<CommitOutcome, "committed">): Promise<string> {
  const ports = { book: bookThatSays(outcome), backoff: { wait: () => Promise.resolve() } };
  const limits = [{ selectionId: "home", liabilityCapMinor: 9 }];
  return (await setLimits(ports, { commitAttempts: 3 }, { marketId: "market", limits })).kind;
}

Deno.test("setLimits() says contended only when every attempt certainly changed nothing", async () => {
  assertEquals(await kindAfter("busy"), "contended");
});

Deno.test("setLimits() says unknown after a conflict, which can be the resend of a stored change", async () => {
  assertEquals(await kindAfter("conflict"), "unknown");
  assertEquals(await kindAfter("unknown"), "unknown");
});

import { decideMarket } from "../domain/decide_market.ts";
import { followMarket, type MarketEntry } from "../domain/entry.ts";
import type { MarketState } from "../domain/market.ts";
import type { Book, OfferedEvent } from "../ports/book.ts";
import type { LedgerStore } from "../ports/ledger_store.ts";
import type { Clock } from "../ports/surroundings.ts";
import type { GroupCommitter } from "./group_committer.ts";

/** What putting an event on offer needs. */
export interface OfferPorts {
  readonly ledger: LedgerStore;
  readonly book: Book;
  readonly committer: GroupCommitter;
  readonly clock: Clock;
}

/**
 * Opens those of an event's markets that are not there, leaves the others as they are, and then shows
 * the event. It may run twice. Answers whether it is on offer: not, when the store could not take all
 * of its markets now.
 */
export async function offerEvent(ports: OfferPorts, offered: OfferedEvent): Promise<boolean> {
  const { event, markets } = offered;
  const there = await ports.ledger.markets(markets.map((market) => market.id));
  const missing = markets.filter((_, index) => !there[index]);
  const opened = await Promise.all(missing.map((market) => openMarket(ports, market)));
  if (opened.includes(false)) return false;
  await ports.book.offer(event);
  return true;
}

async function openMarket(ports: OfferPorts, market: MarketState): Promise<boolean> {
  const { id: marketId, eventId, name, selections } = market;
  const by = { marketId, atMs: ports.clock.nowMs(), actor: "system", answers: null };
  const result = await ports.committer.submit<true, MarketEntry>({
    query: { marketId, requestId: null },
    done: ({ newest }) => newest && true,
    decide: () => {
      const event = decideMarket(null, { type: "open", eventId, name, selections, reason: null });
      return { entries: [followMarket(null, { ...by, event })], result: true };
    },
  });
  return result.kind === "done";
}

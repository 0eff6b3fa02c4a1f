import type { Book, MarketChange, OfferedEvent } from "../../ports/book.ts";
import type { MarketState, SportingEvent } from "../../domain/market.ts";
import type { MemoryDatabase } from "./memory_database.ts";

/** The book in memory. */
export class MemoryBook implements Book {
  constructor(readonly database: MemoryDatabase) {}

  events(): Promise<readonly OfferedEvent[]> {
    const events = [...this.database.events.values()]
      .sort((a, b) => a.startsAtMs - b.startsAtMs || (a.id < b.id ? -1 : 1));
    return Promise.resolve(events.map((event) => this.#offered(event)));
  }

  event(eventId: string): Promise<OfferedEvent | null> {
    const event = this.database.events.get(eventId);
    return Promise.resolve(event ? this.#offered(event) : null);
  }

  offer(offered: OfferedEvent): Promise<void> {
    const { events, markets } = this.database;
    events.set(offered.event.id, offered.event);
    for (const market of offered.markets) {
      if (!markets.has(market.id)) markets.set(market.id, market);
    }
    return Promise.resolve();
  }

  market(marketId: string): Promise<MarketState | null> {
    return Promise.resolve(this.database.markets.get(marketId) ?? null);
  }

  // deno-lint-ignore require-await
  async changeMarket(
    marketId: string,
    change: (market: MarketState) => MarketState,
  ): Promise<MarketChange> {
    const { markets } = this.database;
    const seen = markets.get(marketId);
    if (!seen) return { outcome: "absent" };
    const market = change(seen);
    if (market === seen) return { outcome: "committed", market };
    const outcome = this.database.commit(
      () => markets.get(marketId) === seen,
      () => markets.set(marketId, market),
    );
    return outcome === "committed" ? { outcome, market } : { outcome };
  }

  #offered(event: SportingEvent): OfferedEvent {
    const markets = event.marketIds
      .map((marketId) => this.database.markets.get(marketId))
      .filter((market): market is MarketState => market !== undefined);
    return { event, markets };
  }
}

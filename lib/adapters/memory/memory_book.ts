import type { MarketState, SportingEvent } from "../../domain/market.ts";
import type { Book, OfferedEvent } from "../../ports/book.ts";
import type { MemoryDatabase } from "./memory_database.ts";
import { MemoryLedger } from "./memory_ledger.ts";

/** The book in memory. */
export class MemoryBook implements Book {
  readonly #ledger: MemoryLedger;

  constructor(readonly database: MemoryDatabase) {
    this.#ledger = new MemoryLedger(database);
  }

  events(): Promise<readonly OfferedEvent[]> {
    const events = [...this.database.events.values()]
      .sort((a, b) => a.startsAtMs - b.startsAtMs || (a.id < b.id ? -1 : 1));
    return Promise.all(events.map((event) => this.#offered(event)));
  }

  async event(eventId: string): Promise<OfferedEvent | null> {
    const event = this.database.events.get(eventId);
    return event ? await this.#offered(event) : null;
  }

  offer(event: SportingEvent): Promise<void> {
    this.database.events.set(event.id, event);
    return Promise.resolve();
  }

  async market(marketId: string): Promise<MarketState | null> {
    const [newest] = await this.#ledger.markets([marketId]);
    return newest?.state ?? null;
  }

  async #offered(event: SportingEvent): Promise<OfferedEvent> {
    const markets = await this.#ledger.markets(event.marketIds);
    return { event, markets: markets.flatMap((newest) => newest?.state ?? []) };
  }
}

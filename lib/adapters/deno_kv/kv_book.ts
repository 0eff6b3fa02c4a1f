import type { MarketState, SportingEvent } from "../../domain/market.ts";
import type { Book, OfferedEvent } from "../../ports/book.ts";
import type { LedgerStore } from "../../ports/ledger_store.ts";
import { keys } from "./keys.ts";

/** The book in Deno KV: a row an event, and the ledger's markets. */
export class KvBook implements Book {
  constructor(readonly kv: Deno.Kv, readonly ledger: LedgerStore) {}

  async events(): Promise<readonly OfferedEvent[]> {
    const events = await Array.fromAsync(
      this.kv.list<SportingEvent>({ prefix: keys.allEvents() }),
      (row) => row.value,
    );
    events.sort((a, b) => a.startsAtMs - b.startsAtMs || (a.id < b.id ? -1 : 1));
    return await this.#offered(events);
  }

  async event(eventId: string): Promise<OfferedEvent | null> {
    const { value } = await this.kv.get<SportingEvent>(keys.event(eventId));
    if (!value) return null;
    const [offered] = await this.#offered([value]);
    return offered ?? null;
  }

  async offer(event: SportingEvent): Promise<void> {
    await this.kv.set(keys.event(event.id), event);
  }

  async market(marketId: string): Promise<MarketState | null> {
    const [newest] = await this.ledger.markets([marketId]);
    return newest?.state ?? null;
  }

  async #offered(events: readonly SportingEvent[]): Promise<readonly OfferedEvent[]> {
    const newest = await this.ledger.markets(events.flatMap((event) => event.marketIds));
    const markets = new Map<string, MarketState>();
    for (const market of newest) if (market) markets.set(market.state.id, market.state);
    return events.map((event) => ({
      event,
      markets: event.marketIds.flatMap((marketId) => markets.get(marketId) ?? []),
    }));
  }
}

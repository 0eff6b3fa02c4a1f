import type { MarketState, SportingEvent } from "../../domain/market.ts";
import type { Book, MarketChange, OfferedEvent } from "../../ports/book.ts";
import { commitAtomic } from "./commit_atomic.ts";
import { getAll } from "./get_all.ts";
import { keys } from "./keys.ts";
import type { KvBackend } from "./kv_backend.ts";

/** The book in Deno KV. */
export class KvBook implements Book {
  constructor(readonly kv: Deno.Kv, readonly backend: KvBackend) {}

  async events(): Promise<readonly OfferedEvent[]> {
    const rows = await Array.fromAsync(
      this.kv.list<SportingEvent>({ prefix: keys.allEvents() }),
      (row) => row.value,
    );
    rows.sort((a, b) => a.startsAtMs - b.startsAtMs || (a.id < b.id ? -1 : 1));
    return await Promise.all(rows.map((event) => this.#offered(event)));
  }

  async event(eventId: string): Promise<OfferedEvent | null> {
    const { value } = await this.kv.get<SportingEvent>(keys.event(eventId));
    return value && await this.#offered(value);
  }

  async offer(offered: OfferedEvent): Promise<void> {
    for (const market of offered.markets) {
      // A failed check means that the market is already there, which is what is wanted.
      const key = keys.market(market.id);
      await this.kv.atomic().check({ key, versionstamp: null }).set(key, market).commit();
    }
    // Last: an event that can be seen has all its markets, also when the process ended in between.
    await this.kv.set(keys.event(offered.event.id), offered.event);
  }

  async market(marketId: string): Promise<MarketState | null> {
    return (await this.kv.get<MarketState>(keys.market(marketId))).value;
  }

  async changeMarket(
    marketId: string,
    change: (market: MarketState) => MarketState,
  ): Promise<MarketChange> {
    const seen = await this.kv.get<MarketState>(keys.market(marketId));
    if (!seen.value) return { outcome: "absent" };
    const market = change(seen.value);
    if (market === seen.value) return { outcome: "committed", market };
    const atomic = this.kv.atomic().check(seen).set(seen.key, market);
    const { outcome } = await commitAtomic(atomic);
    return outcome === "committed" ? { outcome, market } : { outcome };
  }

  async #offered(event: SportingEvent): Promise<OfferedEvent> {
    const found = await getAll<MarketState>(
      this.kv,
      this.backend,
      event.marketIds.map(keys.market),
    );
    return { event, markets: found.map((row) => row.value).filter((market) => market !== null) };
  }
}

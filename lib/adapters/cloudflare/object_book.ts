import type { MarketState, SportingEvent } from "../../domain/market.ts";
import type { Book, OfferedEvent } from "../../ports/book.ts";
import type { BookDesk } from "./book_desk.ts";
import type { CatalogueCalls } from "./catalogue_calls.ts";
import { theOnly } from "./placement.ts";
import type { ObjectNamespace } from "./platform.ts";

/** The book, for showing: events from the catalogue, markets from their objects. */
export class ObjectBook implements Book {
  constructor(
    readonly catalogue: ObjectNamespace<CatalogueCalls>,
    readonly desk: BookDesk,
  ) {}

  async events(): Promise<readonly OfferedEvent[]> {
    return await this.#offered(await theOnly(this.catalogue).events());
  }

  async event(eventId: string): Promise<OfferedEvent | null> {
    const event = await theOnly(this.catalogue).event(eventId);
    if (!event) return null;
    const [offered] = await this.#offered([event]);
    return offered ?? null;
  }

  offer(event: SportingEvent): Promise<void> {
    return theOnly(this.catalogue).offer(event);
  }

  async market(marketId: string): Promise<MarketState | null> {
    const seen = await this.desk.see([marketId], { fresh: true });
    return seen.get(marketId)?.newest?.state ?? null;
  }

  async #offered(
    events: readonly SportingEvent[],
  ): Promise<readonly OfferedEvent[]> {
    const seen = await this.desk.see(
      events.flatMap(({ marketIds }) => marketIds),
      { fresh: true },
    );
    return events.map((event) => ({
      event,
      markets: event.marketIds.flatMap((marketId) => seen.get(marketId)?.newest?.state ?? []),
    }));
  }
}

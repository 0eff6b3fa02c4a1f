import type { MarketAnswer, MarketAsking } from "../lib/app/change_market.ts";
import type { OfferedEvent } from "../lib/ports/book.ts";
import type { WithParcels } from "./account_calls.ts";

/** What the site asks of an object of markets: the use cases about its own. */
export interface MarketUseCases {
  changeMarket(asking: MarketAsking): Promise<WithParcels<MarketAnswer>>;

  /** Opens those of an event's markets that belong here and are not there yet; false: not all now. */
  openMarkets(offered: OfferedEvent): Promise<WithParcels<boolean>>;
}

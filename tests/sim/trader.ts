import type { MarketState, Selection } from "../../lib/domain/market.ts";
import type { Price } from "../../lib/domain/price.ts";
import type { FakeDatabase } from "./fake_kv/fake_database.ts";
import { keyText } from "./fake_kv/key_text.ts";
import { stored } from "./fake_kv/stored_value.ts";
import type { SeededRandom } from "./seeded_random.ts";

const PRICES: readonly Price[] = [
  { num: 11, den: 10 },
  { num: 21, den: 11 },
  { num: 2, den: 1 },
  { num: 5, den: 2 },
  { num: 13, den: 4 },
  { num: 21, den: 1 },
];

const MARKETS = ["result", "scorer", "corners"];
const SELECTIONS = ["home", "draw", "away"];

/** Offers a small book and moves it under the customers' feet, straight in the database. */
export class Trader {
  readonly #markets = new Map<string, MarketState>();

  constructor(readonly database: FakeDatabase, readonly random: SeededRandom) {}

  /** The book as it is now; nobody in a process can know it better. */
  markets(): readonly MarketState[] {
    return [...this.#markets.values()];
  }

  /** Puts every market on offer. */
  open(): void {
    for (const id of MARKETS) {
      const selections = SELECTIONS.map((id): Selection => ({
        id,
        name: id,
        price: this.#price(),
      }));
      this.#put({ id, eventId: "derby", name: id, status: "open", version: 1, selections });
    }
  }

  /** Changes one market: mostly a price, at times whether bets are taken. */
  move(): void {
    const market = this.random.pick(this.markets());
    const version = market.version + 1;
    if (this.random.chance(0.2)) {
      this.#put({ ...market, version, status: this.random.pick(["open", "suspended", "closed"]) });
    } else {
      const moved = this.random.pick(market.selections).id;
      const selections = market.selections.map((selection) =>
        selection.id === moved ? { ...selection, price: this.#price() } : selection
      );
      this.#put({ ...market, version, status: "open", selections });
    }
  }

  #price(): Price {
    return this.random.pick(PRICES);
  }

  #put(market: MarketState): void {
    this.#markets.set(market.id, market);
    const key = ["market", market.id];
    const mutation = { text: keyText(key), key, stored: stored(market), expireInMs: null };
    this.database.write({ checks: [], mutations: [mutation], messages: [] });
  }
}

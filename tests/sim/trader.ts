import type { MarketState, MarketStatus, Selection } from "../../lib/domain/market.ts";
import { selectionKey } from "../../lib/domain/exposure.ts";
import type { Price } from "../../lib/domain/price.ts";
import { keyText } from "./fake_kv/key_text.ts";
import { stored } from "./fake_kv/stored_value.ts";
import type { Attempt } from "./inquiries.ts";
import type { SeededRandom } from "./seeded_random.ts";
import type { World } from "./world.ts";

const PRICES: readonly Price[] = [
  { num: 11, den: 10 },
  { num: 21, den: 11 },
  { num: 2, den: 1 },
  { num: 5, den: 2 },
  { num: 13, den: 4 },
  { num: 21, den: 1 },
];

/** How many markets there are: few, so that everybody meets there, or more than a process soon knows. */
const MARKETS = [1, 3, 3, 60];
const SELECTIONS = ["home", "draw", "away"];

/** Caps at the start: soon full, or never. */
const CAPS_MINOR = [0, 700, 10_000, 1_000_000_000];

/** How far a new cap is from what is at stake already. */
const LEAST_ROOM_MINOR = -2_000;
const MOST_ROOM_MINOR = 20_000;

/** Offers a small book and moves it under the customers' feet. */
export class Trader {
  /** Caps that were asked for: no two are the same, so that each can be recognised. */
  readonly #caps = new Set<number>();

  constructor(readonly world: World, readonly random: SeededRandom) {}

  /** Puts every market on offer, straight in the database. */
  open(): void {
    const markets = this.random.pick(MARKETS);
    for (let number = 1; number <= markets; number++) {
      const id = `market ${number}`;
      const selections = SELECTIONS.map((id): Selection => ({
        id,
        name: id,
        price: this.random.pick(PRICES),
        liabilityCapMinor: this.random.pick(CAPS_MINOR),
      }));
      const market: MarketState = {
        ...{ id, eventId: "derby", name: id, status: "open", version: 1 },
        selections,
      };
      const key = ["market", id];
      const mutation = { text: keyText(key), key, stored: stored(market), expireInMs: null };
      this.world.database.write({ checks: [], mutations: [mutation], messages: [] });
    }
  }

  /** Changes one market through some process. */
  async move(attempt: Attempt): Promise<void> {
    const market = this.random.pick([...this.world.journal.markets.values()]);
    switch (this.random.weighted({ price: 40, status: 15, cap: 45 })) {
      case "price": {
        const [selection, price] = [this.random.pick(market.selections), this.random.pick(PRICES)];
        return await this.#change(attempt, market.id, (now) => repriced(now, selection.id, price));
      }
      case "status": {
        const status: MarketStatus = this.random.pick(["open", "suspended", "closed"]);
        return await this.#change(attempt, market.id, (now) => (
          { ...now, version: now.version + 1, status }
        ));
      }
      case "cap":
        return await this.#limit(attempt, market);
    }
  }

  async #change(
    attempt: Attempt,
    marketId: string,
    change: (market: MarketState) => MarketState,
  ): Promise<void> {
    const { breaches, journal } = this.world;
    const changed = await attempt(({ book }) => book.changeMarket(marketId, change));
    if (typeof changed === "string" || changed.outcome !== "committed") return;
    breaches.unless(
      journal.marketsEver.has(`${marketId} ${changed.market.version}`),
      () => `market ${marketId} was changed, and is not`,
    );
  }

  /** Sets a cap near what is at stake, so that there is now room and now none. */
  async #limit(attempt: Attempt, market: MarketState): Promise<void> {
    const { breaches, journal } = this.world;
    const { id: selectionId } = this.random.pick(market.selections);
    const atStake = journal.liabilities.now.get(selectionKey({ marketId: market.id, selectionId }));
    let cap = Math.max(0, (atStake ?? 0) + this.random.between(LEAST_ROOM_MINOR, MOST_ROOM_MINOR));
    while (this.#caps.has(cap) || journal.capsEver.has(cap)) cap++;
    this.#caps.add(cap);
    const limits = [{ selectionId, liabilityCapMinor: cap }];
    const answer = await attempt(({ services }) => (
      services.setLimits({ marketId: market.id, limits })
    ));
    if (typeof answer === "string") return;
    const isSet = journal.capsEver.has(cap);
    if (answer.kind === "set") {
      breaches.unless(isSet, () => `a cap of ${cap} was set, and is not`);
    } else if (answer.kind !== "unknown") {
      breaches.unless(!isSet, () => `a cap of ${cap} was told to be ${answer.kind}, and is set`);
    }
  }
}

function repriced(market: MarketState, selectionId: string, price: Price): MarketState {
  const selections = market.selections.map((selection) =>
    selection.id === selectionId ? { ...selection, price } : selection
  );
  return { ...market, version: market.version + 1, status: "open", selections };
}

import { pagesOf } from "../../lib/adapters/deno_kv/journal_page.ts";
import { decideMarket } from "../../lib/domain/decide_market.ts";
import { followMarket, type MarketEntry } from "../../lib/domain/entry.ts";
import { selectionKey } from "../../lib/domain/exposure.ts";
import type { MarketState, Selection } from "../../lib/domain/market.ts";
import type { MarketChange, MarketCommand } from "../../lib/domain/market_commands.ts";
import type { Price } from "../../lib/domain/price.ts";
import { keyText } from "./fake_kv/key_text.ts";
import { stored } from "./fake_kv/stored_value.ts";
import type { Attempt } from "./inquiries.ts";
import type { SeededRandom } from "./seeded_random.ts";
import { START_MS } from "./simulated_process.ts";
import type { MarketWish } from "./wishes.ts";
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

/** So many requests in a row have one id. */
const REQUESTS_AN_ID = 2;

/** Offers a small book and moves it under the customers' feet. */
export class Trader {
  #markets = 0;
  #requests = 0;

  constructor(readonly world: World, readonly random: SeededRandom) {}

  /** Puts markets on offer, as if a process had done so long ago; some are suspended or closed since. */
  open(): void {
    const entries: MarketEntry[] = [];
    for (let markets = this.random.pick(MARKETS); markets > 0; markets--) {
      const opened = entryOf(null, this.#draw());
      entries.push(opened);
      if (this.#markets === 1 || this.random.chance(0.8)) continue;
      const type = this.random.pick(["suspend", "close"] as const);
      entries.push(entryOf(opened, { id: opened.marketId, type, reason: null }));
    }
    const mutations = pagesOf(1, entries).map((page, index) => {
      const key = ["journal", index + 1];
      return { text: keyText(key), key, stored: stored(page), expireInMs: null };
    });
    this.world.database.write({ checks: [], mutations, messages: [] });
  }

  /** Offers one more market through some process; it may not come to be. */
  async offer(attempt: Attempt): Promise<void> {
    const { id, eventId, name, selections } = this.#draw();
    const event = {
      ...{
        id: eventId,
        sport: "football",
        competition: "League",
        name,
        startsAtMs: START_MS,
      } as const,
      marketIds: [...this.world.journal.markets.keys(), id],
    };
    const market: MarketState = { id, eventId, name, status: "open", version: 1, selections };
    const offered = await attempt(({ services }) =>
      services.offerEvent({ event, markets: [market] })
    );
    this.world.breaches.unless(
      offered !== true || this.world.journal.markets.has(id),
      () => `${id} was opened, and is not there`,
    );
  }

  /** A change that the trader wants now. */
  wish(): MarketWish {
    const { random } = this;
    const market = random.pick([...this.world.journal.markets.values()]);
    const reason = random.chance(0.5) ? null : `reason ${random.below(3)}`;
    const requestId = `trade-${Math.floor(this.#requests++ / REQUESTS_AN_ID)}`;
    const marketId = random.chance(0.02) ? "nowhere" : market.id;
    const actor = "trader:staff_tess000000000000";
    return { do: "change", marketId, requestId, actor, change: this.#change(market, reason) };
  }

  #change(market: MarketState, reason: string | null): MarketChange {
    const { random } = this;
    const selection = random.pick(market.selections);
    const selectionId = random.chance(0.03) ? "nobody" : selection.id;
    const kind = random.weighted({ price: 38, suspend: 9, resume: 14, close: 2, cap: 37 });
    switch (kind) {
      case "price":
        return {
          type: "set_prices",
          prices: [{ selectionId, price: random.pick(PRICES) }],
          reason,
        };
      case "cap": {
        const limits = [{ selectionId, liabilityCapMinor: this.#cap(market, selection) }];
        return { type: "set_limits", limits, reason };
      }
      default:
        return { type: kind, reason };
    }
  }

  /** A cap near what is at stake, so that there is now room and now none; or the one there is. */
  #cap(market: MarketState, selection: Selection): number {
    if (this.random.chance(0.1)) return selection.liabilityCapMinor;
    const place = selectionKey({ marketId: market.id, selectionId: selection.id });
    const atStake = this.world.journal.liabilities.now.get(place) ?? 0;
    return Math.max(0, atStake + this.random.between(LEAST_ROOM_MINOR, MOST_ROOM_MINOR));
  }

  #draw(): Opening {
    const id = `market ${++this.#markets}`;
    const selections = SELECTIONS.map((id): Selection => ({
      id,
      name: id,
      price: this.random.pick(PRICES),
      liabilityCapMinor: this.random.pick(CAPS_MINOR),
    }));
    return { id, type: "open", eventId: "derby", name: id, selections, reason: null };
  }
}

type Opening = MarketCommand & { readonly type: "open"; readonly id: string };

function entryOf(
  newest: MarketEntry | null,
  { id, ...command }: MarketCommand & { readonly id: string },
): MarketEntry {
  const event = decideMarket(newest?.state ?? null, command);
  const by = { actor: "system", answers: null };
  return followMarket(newest, { marketId: id, atMs: START_MS, ...by, event });
}

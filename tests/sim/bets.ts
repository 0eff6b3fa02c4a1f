import type { BetRequest } from "../../lib/app/place_bet.ts";
import type { QuotedLeg } from "../../lib/domain/bet.ts";
import type { MarketState } from "../../lib/domain/market.ts";
import type { SeededRandom } from "./seeded_random.ts";

/** What a customer asks for; a process adds the time when it arrives there. */
export type Wish = Omit<BetRequest, "atMs">;

/** Wishes of every kind: to be taken, to be refused, and on the edge between the two. */
export class Bets {
  #requests = 0;
  /** The book as the customers saw it last; it lags behind the real one. */
  #seen: readonly MarketState[] = [];

  constructor(
    readonly random: SeededRandom,
    readonly book: () => readonly MarketState[],
  ) {}

  /** A new wish of an account with so much to stake. */
  draw(accountId: string, availableMinor: number): Wish {
    const { random } = this;
    if (this.#seen.length === 0 || random.chance(0.6)) this.#seen = this.book();
    const legs = Array.from(
      { length: random.chance(0.9) ? 1 : random.between(2, 3) },
      () => this.#leg(),
    );
    return {
      accountId,
      // Two accounts may well use the same id.
      requestId: `request-${random.chance(0.5) ? "" : accountId}${++this.#requests >> 1}`,
      actor: `player:${accountId}`,
      legs,
      stakeMinor: this.#stake(availableMinor),
      priceChange: random.pick(["none", "higher", "any"]),
    };
  }

  /** The same request id with another body. */
  changed(wish: Wish): Wish {
    return { ...wish, stakeMinor: wish.stakeMinor + this.random.between(1, 3) };
  }

  #leg(): QuotedLeg {
    const market = this.random.pick(this.#seen);
    const selection = this.random.pick(market.selections);
    const leg = { marketId: market.id, selectionId: selection.id, price: selection.price };
    if (this.random.chance(0.02)) return { ...leg, selectionId: "nobody" };
    return this.random.chance(0.02) ? { ...leg, marketId: "nowhere" } : leg;
  }

  #stake(availableMinor: number): number {
    const { random } = this;
    switch (random.weighted({ small: 70, large: 10, all: 8, more: 4, limits: 2 })) {
      case "small":
        return random.between(1, 500);
      case "large":
        return random.between(500, 50_000);
      case "all":
        return availableMinor;
      case "more":
        return availableMinor + 1;
      case "limits":
        return random.pick([0, 1, 10_000_000, 10_000_001]);
    }
  }
}

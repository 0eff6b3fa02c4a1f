import { chainOf } from "../../lib/domain/chain.ts";
import type { QuotedLeg } from "../../lib/domain/bet.ts";
import { selectionKey } from "../../lib/domain/exposure.ts";
import { holdIdOf } from "../../lib/domain/ids.ts";
import type { MarketState } from "../../lib/domain/market.ts";
import type { AskedBacking, AskedOfHold, AskedOfMarket } from "./invariants/asked.ts";
import type { JournalWatch } from "./invariants/journal_watch.ts";
import type { SeededRandom } from "./seeded_random.ts";

/** What somebody asks for; a process adds the time when it arrives there. */
export type Wish = AccountWish | MarketWish;

/** What a customer asks for. */
export type AccountWish = BackingWish | HoldWish;

/** What a trader asks for. */
export type MarketWish = Omit<AskedOfMarket, "atMs">;

type BackingWish = Omit<AskedBacking, "atMs">;
type HoldWish = Omit<AskedOfHold, "atMs">;

/** By what a wish is known: its request, and what stands in its body. */
export function wishText(wish: Wish): string {
  return `${chainOf(wish)} ${wish.requestId} ${wish.do} ${bodyText(wish)}`;
}

function bodyText(wish: Wish): string {
  if (wish.do === "change") return JSON.stringify(wish.change);
  return "holdId" in wish ? wish.holdId : String(wish.stakeMinor);
}

/** Wishes of every kind: to be taken, to be refused, and on the edge between the two. */
export class Wishes {
  #requests = 0;
  /** The book as the customers saw it last; it lags behind the real one. */
  #seen: readonly MarketState[] = [];
  #last: AccountWish | null = null;

  constructor(readonly random: SeededRandom, readonly journal: JournalWatch) {}

  /** A new wish of an account. Two that share a request differ in more than a price. */
  draw(accountId: string): AccountWish {
    const wish = this.#draw(accountId);
    const same = this.#last !== null && wishText(this.#last) === wishText(wish);
    return this.#last = same ? this.#otherBody(wish) : wish;
  }

  #draw(accountId: string): AccountWish {
    const { random, journal } = this;
    if (this.#seen.length === 0 || random.chance(0.6)) this.#seen = [...journal.markets.values()];
    const wanted = journal.newest(accountId)?.state.hold
      ? random.weighted({ bet: 35, hold: 8, confirm: 37, void: 20 })
      : random.weighted({ bet: 62, hold: 30, confirm: 5, void: 3 });
    return wanted === "bet" || wanted === "hold"
      ? this.#backing(accountId, wanted)
      : { ...this.#request(accountId), do: wanted, holdId: this.#holdId(accountId) };
  }

  /** The same request id with another body. */
  changed(wish: Wish): Wish {
    if (wish.do !== "change") return this.#otherBody(wish);
    return { ...wish, change: { ...wish.change, reason: `another ${this.random.below(3)}` } };
  }

  #otherBody(wish: AccountWish): AccountWish {
    if ("holdId" in wish) return { ...wish, do: wish.do === "void" ? "confirm" : "void" };
    if (this.random.chance(0.3)) return { ...wish, do: wish.do === "bet" ? "hold" : "bet" };
    return { ...wish, stakeMinor: wish.stakeMinor + this.random.between(1, 3) };
  }

  #backing(accountId: string, wanted: BackingWish["do"]): BackingWish {
    const { random } = this;
    const legs = this.#legs();
    return {
      ...this.#request(accountId),
      do: wanted,
      legs,
      stakeMinor: this.#stake(accountId, legs),
      priceChange: random.pick(["none", "higher", "any"]),
    };
  }

  #request(accountId: string) {
    // Two accounts may well use the same id.
    const own = this.random.chance(0.5) ? "" : accountId;
    const requestId = `request-${own}${++this.#requests >> 1}`;
    return { accountId, requestId, actor: `player:${accountId}` };
  }

  /** Mostly the hold that is there; also one that was, another's, and none at all. */
  #holdId(accountId: string): string {
    const { random, journal } = this;
    const mine = journal.newest(accountId)?.state.hold;
    if (mine && random.chance(0.85)) return mine.id;
    const { size } = journal.holds;
    if (size === 0 || random.chance(0.1)) return holdIdOf({ accountId, seq: random.between(1, 9) });
    const some = [...journal.holds.values()].slice(-20).map(({ hold }) => hold);
    const own = some.filter((hold) => hold.accountId === accountId);
    return random.pick(own.length > 0 && random.chance(0.8) ? own : some).id;
  }

  #legs(): readonly QuotedLeg[] {
    const { random } = this;
    const markets = [...this.#seen];
    const count = random.chance(0.93) ? 1 : Math.min(random.between(2, 3), markets.length);
    return Array.from({ length: count }, () => {
      // The first one is a favourite, however many there are.
      const index = random.chance(0.3) ? 0 : random.below(markets.length);
      const [market] = markets.splice(index, 1);
      if (!market) throw new RangeError("there are fewer markets than legs");
      const selection = random.pick(market.selections);
      const leg = { marketId: market.id, selectionId: selection.id, price: selection.price };
      if (random.chance(0.02)) return { ...leg, selectionId: "nobody" };
      return random.chance(0.02) ? { ...leg, marketId: "nowhere" } : leg;
    });
  }

  #stake(accountId: string, legs: readonly QuotedLeg[]): number {
    const { random } = this;
    const account = this.journal.newest(accountId)?.state;
    const available = account ? account.balanceMinor - (account.hold?.amountMinor ?? 0) : 0;
    const kind = random.weighted({ small: 62, large: 8, all: 6, more: 4, room: 17, limits: 3 });
    switch (kind) {
      case "small":
        return random.between(1, 500);
      case "large":
        return random.between(500, 50_000);
      case "all":
        return available;
      case "more":
        return available + random.pick([1, account?.hold?.amountMinor ?? 1]);
      case "room":
        return this.#room(legs[0]) + random.pick([-1, 0, 0, 0, 1]);
      case "limits":
        return random.pick([0, 1, 10_000_000, 10_000_001]);
    }
  }

  /** The stake that about fills up what the book may still lose on a selection. */
  #room(leg: QuotedLeg | undefined): number {
    const selections = this.journal.markets.get(leg?.marketId ?? "")?.selections ?? [];
    const selection = selections.find(({ id }) => id === leg?.selectionId);
    if (!leg || !selection) return 1;
    const { num, den } = selection.price;
    const liability = this.journal.liabilities.now.get(selectionKey(leg)) ?? 0;
    const room = Math.max(0, selection.liabilityCapMinor - liability);
    return Math.max(1, Math.floor((room * den) / (num - den)));
  }
}

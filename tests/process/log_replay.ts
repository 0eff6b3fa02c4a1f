import { assert, assertEquals } from "@std/assert";
import type { Bet, Leg, QuotedLeg } from "../../lib/domain/bet.ts";
import { largestStakeMinor, selectionKey } from "../../lib/domain/exposure.ts";
import type { Hold } from "../../lib/domain/hold.ts";
import type { MarketStatus, Selection } from "../../lib/domain/market.ts";
import type { SelectionLimit } from "../../lib/domain/market_commands.ts";
import { returnsMinor } from "../../lib/domain/price.ts";
import type { Refusal } from "../../lib/domain/refusals.ts";
import type { RecordSeen } from "./bettor.ts";

/** What a record may say, as far as money goes. */
interface Said {
  readonly amountMinor?: number;
  readonly bet?: Bet;
  readonly hold?: Hold | null;
  readonly refusal?: Refusal;
  /** What was refused: a hold's request stands in a member of its own, a bet's does not. */
  readonly asked?: Asked;
  /** What a market was opened with, or changed to. */
  readonly selections?: readonly Selection[];
  readonly limits?: readonly SelectionLimit[];
  readonly market?: { readonly status: MarketStatus; readonly version: number };
}

interface Asked {
  readonly legs?: readonly QuotedLeg[];
  readonly stakeMinor?: number;
}

/**
 * Goes through a log in its order, which is the order in which everything was decided, and checks each
 * decision against all before it: nothing was taken beyond funds or caps, or while its market was
 * suspended, and a refusal named exactly what was left. Prices must not have changed on the way.
 */
export class LogReplay {
  readonly #balances = new Map<string, number>();
  readonly #holds = new Map<string, Hold>();
  readonly #liabilities = new Map<string, number>();
  /** By `selectionKey`. */
  readonly #capsMinor = new Map<string, number>();
  readonly #markets = new Map<
    string,
    { readonly status: MarketStatus; readonly version: number }
  >();
  /** How many bets and holds were refused for each reason. */
  readonly refusals: Record<string, number> = {};

  check(records: readonly RecordSeen[]): void {
    for (const record of records) this.#next(record);
  }

  #next(record: RecordSeen): void {
    const { seq, type, accountId, data } = record;
    const said: Said = { asked: data, ...data };
    if (accountId === null) return this.#changed(record, said);
    switch (type) {
      case "account.opened":
        this.#balances.set(accountId, 0);
        break;
      case "deposit.accepted":
        this.#pay(accountId, said.amountMinor ?? 0);
        break;
      case "bet.placed":
        assert(said.bet);
        if (said.hold) this.#confirm(seq, said.hold);
        else this.#take(seq, accountId, said.bet);
        this.#pay(accountId, -said.bet.stakeMinor);
        break;
      case "hold.authorised":
        assert(said.hold);
        assert(!this.#holds.has(accountId), `record ${seq}: one hold an account`);
        this.#take(seq, accountId, { ...said.hold, stakeMinor: said.hold.amountMinor });
        this.#holds.set(accountId, said.hold);
        break;
      case "hold.voided":
      case "hold.expired":
        assert(said.hold);
        this.#end(said.hold, { kept: false });
        break;
      case "bet.refused":
      case "hold.refused":
        this.#refused(seq, accountId, said);
        break;
      default:
        throw new Error(`record ${seq} is of an unknown type: ${type}`);
    }
  }

  /** A market was changed: its caps and whether it takes bets count for what follows. */
  #changed({ seq, marketId = "" }: RecordSeen, said: Said): void {
    assert(said.market, `record ${seq} is of a market`);
    const before = this.#markets.get(marketId)?.version ?? 0;
    assert([before, before + 1].includes(said.market.version), `record ${seq}: one version on`);
    this.#markets.set(marketId, said.market);
    for (const { id, liabilityCapMinor } of said.selections ?? []) {
      this.#capsMinor.set(selectionKey({ marketId, selectionId: id }), liabilityCapMinor);
    }
    for (const { selectionId, liabilityCapMinor } of said.limits ?? []) {
      this.#capsMinor.set(selectionKey({ marketId, selectionId }), liabilityCapMinor);
    }
  }

  #available(accountId: string): number {
    const held = this.#holds.get(accountId)?.amountMinor ?? 0;
    return (this.#balances.get(accountId) ?? 0) - held;
  }

  #room(on: { readonly marketId: string; readonly selectionId: string }): number {
    const name = selectionKey(on);
    return (this.#capsMinor.get(name) ?? 0) - (this.#liabilities.get(name) ?? 0);
  }

  #pay(accountId: string, amountMinor: number): void {
    this.#balances.set(accountId, (this.#balances.get(accountId) ?? 0) + amountMinor);
  }

  #take(
    seq: number,
    accountId: string,
    taken: {
      readonly legs: readonly Leg[];
      readonly stakeMinor: number;
      readonly potentialReturnsMinor: number;
    },
  ): void {
    const { legs, stakeMinor, potentialReturnsMinor } = taken;
    assert(stakeMinor <= this.#available(accountId), `record ${seq}: the stake is there`);
    for (const leg of legs) {
      const market = this.#markets.get(leg.marketId);
      assertEquals(market, { status: "open", version: leg.marketVersion }, `record ${seq}`);
      assert(
        potentialReturnsMinor - stakeMinor <= this.#room(leg),
        `record ${seq}: within the cap`,
      );
      this.#owe(leg, potentialReturnsMinor - stakeMinor);
    }
  }

  #confirm(seq: number, hold: Hold): void {
    for (const { marketId } of hold.legs) {
      assertEquals(this.#markets.get(marketId)?.status, "open", `record ${seq}`);
    }
    this.#end(hold, { kept: true });
  }

  #end(hold: Hold, { kept }: { readonly kept: boolean }): void {
    assertEquals(this.#holds.get(hold.accountId)?.id, hold.id);
    this.#holds.delete(hold.accountId);
    const { legs, amountMinor, potentialReturnsMinor } = hold;
    if (!kept) { for (const leg of legs) this.#owe(leg, amountMinor - potentialReturnsMinor); }
  }

  #owe(on: { readonly marketId: string; readonly selectionId: string }, byMinor: number): void {
    const name = selectionKey(on);
    this.#liabilities.set(name, (this.#liabilities.get(name) ?? 0) + byMinor);
  }

  #refused(seq: number, accountId: string, { refusal, asked }: Said): void {
    assert(refusal && asked);
    const { legs, stakeMinor = 0 } = asked;
    this.refusals[refusal.kind] = (this.refusals[refusal.kind] ?? 0) + 1;
    const available = this.#available(accountId);
    const hold = this.#holds.get(accountId);
    if (refusal.kind === "insufficient_funds") {
      assertEquals(refusal.availableMinor, available, `record ${seq}`);
      assert(stakeMinor > available, `record ${seq}`);
    } else if (refusal.kind === "hold_active") {
      assertEquals(refusal.holdId, hold?.id, `record ${seq}`);
    } else if (refusal.kind === "liability_cap") {
      const [leg] = legs ?? [];
      assert(leg);
      const { price } = leg;
      const roomMinor = this.#room(leg);
      const returns = returnsMinor({ stakeMinor, prices: [price], rounding: "floor" });
      assert(returns - stakeMinor > roomMinor, `record ${seq}`);
      const most = largestStakeMinor({ price, rounding: "floor", roomMinor });
      assertEquals(refusal.maxStakeMinor, Math.min(most, available), `record ${seq}`);
    }
  }
}

import { LRUCache } from "lru-cache";
import {
  type AccountEntry,
  type Entry,
  isMarketEntry,
  type MarketEntry,
  type Newest,
} from "../../domain/entry.ts";
import { exposureChanges, selectionKey } from "../../domain/exposure.ts";
import { AccountMemory } from "./account_memory.ts";
import type { JournalReader } from "./kv_journal.ts";

/** How many markets are kept. */
const MARKETS_KEPT = 20_000;

/** What is known of a market: its newest entry, or that there is no such market. */
export interface KnownMarket {
  readonly newest: Newest<MarketEntry>;
}

/** What this process knows of the ledger as of the last page it knows, without asking the store. */
export class LedgerMemory implements JournalReader {
  /** Liability in minor units by `selectionKey`, of the selections that were asked for. */
  readonly exposures = new Map<string, number>();
  readonly markets: LRUCache<string, KnownMarket>;

  constructor(
    readonly accounts: AccountMemory = new AccountMemory(),
    marketsKept: number = MARKETS_KEPT,
  ) {
    this.markets = new LRUCache({ max: marketsKept });
  }

  follow(entries: readonly Entry[]): void {
    for (const entry of entries) {
      if (isMarketEntry(entry)) this.#followMarket(entry);
      else this.#followAccount(entry);
    }
  }

  forget(): void {
    this.accounts.clear();
    this.exposures.clear();
    this.markets.clear();
  }

  /** An entry tells all there is to know of its market, so one that was not known is known from now on. */
  #followMarket({ marketId, seq, state }: MarketEntry): void {
    this.markets.set(marketId, { newest: { seq, state } });
  }

  #followAccount(entry: AccountEntry): void {
    this.accounts.follow(entry);
    for (const change of exposureChanges(entry.event)) {
      const name = selectionKey(change);
      const before = this.exposures.get(name);
      if (before !== undefined) this.exposures.set(name, before + change.byMinor);
    }
  }
}

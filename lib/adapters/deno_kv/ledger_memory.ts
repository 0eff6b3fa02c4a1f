import { LRUCache } from "lru-cache";
import type { Entry } from "../../domain/entry.ts";
import { exposureChanges, selectionKey } from "../../domain/exposure.ts";
import type { MarketState } from "../../domain/market.ts";
import { AccountMemory } from "./account_memory.ts";
import type { JournalReader } from "./kv_journal.ts";

/** How many markets are kept. */
const MARKETS_KEPT = 20_000;

/** What this process knows of the ledger as of the last page it knows, without asking the store. */
export class LedgerMemory implements JournalReader {
  /** Liability in minor units by `selectionKey`, of the selections that were asked for. */
  readonly exposures = new Map<string, number>();
  /** Markets have versionstamps of their own: they are not in the journal. */
  readonly markets: LRUCache<string, Deno.KvEntryMaybe<MarketState>>;

  constructor(
    readonly accounts: AccountMemory = new AccountMemory(),
    marketsKept: number = MARKETS_KEPT,
  ) {
    this.markets = new LRUCache({ max: marketsKept });
  }

  follow(entries: readonly Entry[]): void {
    for (const entry of entries) {
      this.accounts.follow(entry);
      for (const change of exposureChanges(entry.event)) {
        const name = selectionKey(change);
        const before = this.exposures.get(name);
        if (before !== undefined) this.exposures.set(name, before + change.byMinor);
      }
    }
  }

  forget(): void {
    this.accounts.clear();
    this.exposures.clear();
    this.markets.clear();
  }
}

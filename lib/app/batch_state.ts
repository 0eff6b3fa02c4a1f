import { chainOf } from "../domain/chain.ts";
import type { Seen } from "../domain/decide.ts";
import { type AccountEntry, type Entry, isMarketEntry, type Newest } from "../domain/entry.ts";
import { exposureChanges, selectionKey } from "../domain/exposure.ts";
import { type HoldFate, holdFateAfter } from "../domain/hold.ts";
import type { MarketState } from "../domain/market.ts";
import {
  type AccountQuery,
  type LedgerQuery,
  type LedgerView,
  type NewestMarket,
  requestKey,
} from "../ports/ledger_store.ts";

/** What one undertaking sees: the store as it was read, and what its group has decided before it. */
export interface Sight<Own extends Entry = AccountEntry> {
  /** The newest entry of the query's own chain; null before the first. */
  readonly newest: Newest<Own>;
  /** The entry that already answers the query's request id; null when none does. */
  readonly answered: Own | null;
  /** For a decision of an account; of a market's query it shows no account. */
  readonly seen: Seen;
}

/** The state that a group builds up while its members are decided one after another. */
export class BatchState {
  readonly entries: Entry[] = [];
  readonly #accounts: Map<string, Newest>;
  readonly #answers: Map<string, Entry>;
  readonly #markets = new Map<string, MarketState>();
  readonly #newestMarkets = new Map<string, NewestMarket>();
  readonly #exposures: Map<string, number>;
  readonly #holds: Map<string, HoldFate>;

  constructor(readonly view: LedgerView) {
    this.#accounts = new Map(view.newest);
    this.#answers = new Map(view.answers);
    for (const [marketId, newest] of view.markets) this.#market(marketId, newest);
    this.#exposures = new Map(view.exposures);
    this.#holds = new Map(view.holds);
  }

  /** The state as it is now, for one query. */
  sight(query: LedgerQuery): Sight<Entry> {
    const { requestId } = query;
    const answered = requestId === null
      ? undefined
      : this.#answers.get(requestKey(chainOf(query), requestId));
    return {
      newest: "marketId" in query
        ? this.#newestMarkets.get(query.marketId) ?? null
        : this.#accounts.get(query.accountId) ?? null,
      answered: answered ?? null,
      seen: {
        markets: this.#markets,
        exposures: this.#exposures,
        ...("marketId" in query ? { account: null, hold: null } : this.#own(query)),
      },
    };
  }

  /** Adds an entry that was decided. It must follow its chain's newest one. */
  add(entry: Entry): void {
    if (isMarketEntry(entry)) this.#market(entry.marketId, entry);
    else this.#addAccounts(entry);
    if (entry.answers) {
      this.#answers.set(requestKey(chainOf(entry), entry.answers.requestId), entry);
    }
    this.entries.push(entry);
  }

  #addAccounts(entry: AccountEntry): void {
    const { accountId, event } = entry;
    const fate = holdFateAfter(event);
    if (fate) this.#holds.set(fate.hold.id, fate);
    for (const change of exposureChanges(event)) {
      const key = selectionKey(change);
      this.#exposures.set(key, (this.#exposures.get(key) ?? 0) + change.byMinor);
    }
    this.#accounts.set(accountId, entry);
  }

  #own({ accountId, holdId }: AccountQuery): Pick<Seen, "account" | "hold"> {
    const fate = holdId === null ? undefined : this.#holds.get(holdId);
    return {
      account: this.#accounts.get(accountId)?.state ?? null,
      hold: fate?.hold.accountId === accountId ? fate : null,
    };
  }

  #market(marketId: string, newest: NewestMarket): void {
    this.#newestMarkets.set(marketId, newest);
    this.#markets.set(marketId, newest.state);
  }
}

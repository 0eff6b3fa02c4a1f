import { draftOf } from "../../audit/record.ts";
import type { Entry } from "../../domain/entry.ts";
import type { MarketState } from "../../domain/market.ts";
import type { CommitOutcome } from "../../ports/commit_outcome.ts";
import type { LedgerQuery, LedgerStore, LedgerView } from "../../ports/ledger_store.ts";
import type { MemoryDatabase } from "./memory_database.ts";

/** The ledger in memory, with the same promises as the real ones. */
export class MemoryLedger implements LedgerStore {
  /** `wake` stands for the wake-up that a queue would carry to the log's writer. */
  constructor(readonly database: MemoryDatabase, readonly wake: () => void = () => {}) {}

  // deno-lint-ignore require-await
  async view(query: LedgerQuery): Promise<LedgerView> {
    const { accountId, requestId } = query;
    const markets = new Map<string, MarketState>();
    const versions = new Map<string, MarketState | undefined>();
    for (const marketId of query.marketIds) {
      const market = this.database.markets.get(marketId);
      if (market) markets.set(marketId, market);
      versions.set(marketId, market);
    }
    return {
      query,
      newest: this.#chain(accountId).at(-1) ?? null,
      answered: requestId === null ? null : this.#answer(accountId, requestId),
      markets,
      versions,
    };
  }

  // deno-lint-ignore require-await
  async commit(view: LedgerView, entries: readonly Entry[]): Promise<CommitOutcome> {
    const { database } = this;
    const { accountId, requestId } = view.query;
    const versions = view.versions as ReadonlyMap<string, MarketState | undefined>;
    const holds = () =>
      this.#chain(accountId).length === (view.newest?.seq ?? 0) &&
      (requestId === null || this.#answer(accountId, requestId) === null) &&
      [...versions].every(([marketId, market]) => database.markets.get(marketId) === market);
    const outcome = database.commit(holds, () => entries.forEach((entry) => this.#store(entry)));
    if (outcome === "committed") this.wake();
    return outcome;
  }

  newest(accountId: string): Promise<Entry | null> {
    return Promise.resolve(this.#chain(accountId).at(-1) ?? null);
  }

  entry(accountId: string, seq: number): Promise<Entry | null> {
    return Promise.resolve(this.#chain(accountId)[seq - 1] ?? null);
  }

  answer(accountId: string, requestId: string): Promise<Entry | null> {
    return Promise.resolve(this.#answer(accountId, requestId));
  }

  history(
    accountId: string,
    page: { readonly before: number | null; readonly limit: number },
  ): Promise<readonly Entry[]> {
    const { before, limit } = page;
    const older = this.#chain(accountId).filter((entry) => before === null || entry.seq < before);
    return Promise.resolve(older.reverse().slice(0, limit));
  }

  async *newestSeqs(): AsyncIterable<{ readonly accountId: string; readonly seq: number }> {
    for (const [accountId, chain] of this.database.chains) yield { accountId, seq: chain.length };
  }

  #chain(accountId: string): readonly Entry[] {
    return this.database.chains.get(accountId) ?? [];
  }

  #answer(accountId: string, requestId: string): Entry | null {
    return this.database.answers.get(`${accountId} ${requestId}`) ?? null;
  }

  #store(entry: Entry): void {
    const { chains, answers, outbox } = this.database;
    chains.set(entry.accountId, [...this.#chain(entry.accountId), entry]);
    if (entry.answers) answers.set(`${entry.accountId} ${entry.answers.requestId}`, entry);
    const draft = draftOf(entry);
    outbox.set(draft.id, draft);
  }
}

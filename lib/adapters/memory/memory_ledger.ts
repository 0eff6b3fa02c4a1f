import { draftOf } from "../../audit/record.ts";
import { chainOf } from "../../domain/chain.ts";
import {
  type AccountEntry,
  accountEntry,
  type Entry,
  isMarketEntry,
  type MarketEntry,
  type Newest,
} from "../../domain/entry.ts";
import { exposureChanges, selectionKey, type SelectionRef } from "../../domain/exposure.ts";
import { type HoldFate, holdFateAfter } from "../../domain/hold.ts";
import type { CommitOutcome } from "../../ports/commit_outcome.ts";
import {
  type AccountQuery,
  type ChainEnd,
  type LedgerQuery,
  type LedgerStore,
  type LedgerView,
  type NewestMarket,
  requestKey,
} from "../../ports/ledger_store.ts";
import type { MemoryDatabase } from "./memory_database.ts";

/** What a commit compares with what is there now. */
interface Versions {
  readonly markets: ReadonlyMap<string, Newest<MarketEntry>>;
  readonly exposures: ReadonlyMap<string, number>;
}

/** The ledger in memory, with the same promises as the real ones. */
export class MemoryLedger implements LedgerStore {
  /** `wake` stands for the wake-up that a queue would carry to the log's writer. */
  constructor(readonly database: MemoryDatabase, readonly wake: () => void = () => {}) {}

  fits(queries: readonly LedgerQuery[]): number {
    return queries.length;
  }

  /** A commit here is over before anybody could look behind it. */
  foresee(): Promise<null> {
    return Promise.resolve(null);
  }

  // deno-lint-ignore require-await
  async view(queries: readonly LedgerQuery[]): Promise<LedgerView> {
    const { database } = this;
    const newest = new Map<string, Newest>();
    const answers = new Map<string, Entry>();
    const holds = new Map<string, HoldFate>();
    const markets = new Map<string, Newest<MarketEntry>>();
    const exposures = new Map<string, number>();
    for (const query of queries) {
      const request = query.requestId === null ? null : requestKey(chainOf(query), query.requestId);
      const answered = request === null ? undefined : database.answers.get(request);
      if (request !== null && answered) answers.set(request, answered);
      const { accountId, marketIds, selections, holdId } = touchedBy(query);
      for (const marketId of marketIds) markets.set(marketId, this.#newestMarket(marketId));
      if (accountId === null) continue;
      const account = this.#newest(accountId);
      newest.set(accountId, account);
      const fate = holdId === null ? undefined : database.holds.get(holdId);
      if (holdId !== null && fate?.hold.accountId === accountId) holds.set(holdId, fate);
      const ownLegs = account?.state.hold?.legs ?? [];
      for (const { marketId } of ownLegs) markets.set(marketId, this.#newestMarket(marketId));
      for (const selection of [...selections, ...ownLegs]) {
        const name = selectionKey(selection);
        exposures.set(name, database.exposures.get(name) ?? 0);
      }
    }
    const versions: Versions = { markets, exposures };
    return { queries, newest, answers, markets: present(markets), exposures, holds, versions };
  }

  // deno-lint-ignore require-await
  async commit(view: LedgerView, entries: readonly Entry[]): Promise<CommitOutcome> {
    const { database } = this;
    const { markets, exposures } = view.versions as Versions;
    const holds = () =>
      [...view.newest].every(([id, newest]) => this.#newest(id)?.seq === newest?.seq) &&
      entries.every((entry) => !entry.answers || !database.answers.has(requestOf(entry))) &&
      [...markets].every(([id, newest]) => this.#newestMarket(id)?.seq === newest?.seq) &&
      [...exposures].every(([name, minor]) => (database.exposures.get(name) ?? 0) === minor);
    const outcome = database.commit(holds, () => entries.forEach((entry) => this.#store(entry)));
    if (outcome === "committed") this.wake();
    return outcome;
  }

  newest(accountId: string): Promise<Newest> {
    return Promise.resolve(this.#newest(accountId));
  }

  markets(marketIds: readonly string[]): Promise<readonly Newest<MarketEntry>[]> {
    return Promise.resolve(marketIds.map((marketId) => this.#newestMarket(marketId)));
  }

  entry(chain: string, seq: number): Promise<Entry | null> {
    return Promise.resolve(this.#chain(chain)[seq - 1] ?? null);
  }

  answer(chain: string, requestId: string): Promise<Entry | null> {
    return Promise.resolve(this.database.answers.get(requestKey(chain, requestId)) ?? null);
  }

  history(
    chain: string,
    page: { readonly before: number | null; readonly limit: number },
  ): Promise<readonly Entry[]> {
    const { before, limit } = page;
    const older = this.#chain(chain).filter((entry) => before === null || entry.seq < before);
    return Promise.resolve(older.reverse().slice(0, limit));
  }

  async *chainEnds(): AsyncIterable<ChainEnd> {
    for (const chain of this.database.chains.values()) {
      const last = chain.at(-1);
      if (!last) continue;
      const { seq } = last;
      yield isMarketEntry(last)
        ? { marketId: last.marketId, seq }
        : { accountId: last.accountId, seq };
    }
  }

  deadHolds(
    asked: { readonly atMs: number; readonly limit: number },
  ): Promise<readonly { readonly accountId: string; readonly holdId: string }[]> {
    const dead = [...this.database.holds.values()]
      .filter(({ hold, status }) => status === "pending" && hold.expiresAtMs <= asked.atMs)
      .sort((a, b) => a.hold.expiresAtMs - b.hold.expiresAtMs)
      .map(({ hold }) => ({ accountId: hold.accountId, holdId: hold.id }));
    return Promise.resolve(dead.slice(0, asked.limit));
  }

  exposures(selections: readonly SelectionRef[]): Promise<readonly number[]> {
    const { exposures } = this.database;
    return Promise.resolve(selections.map((one) => exposures.get(selectionKey(one)) ?? 0));
  }

  #chain(chain: string): readonly Entry[] {
    return this.database.chains.get(chain) ?? [];
  }

  #newest(accountId: string): Newest {
    const last = this.#chain(accountId).at(-1);
    if (!last) return null;
    const { seq, state } = accountEntry(last);
    return { seq, state };
  }

  #newestMarket(marketId: string): Newest<MarketEntry> {
    const last = this.#chain(chainOf({ marketId })).at(-1);
    return last && isMarketEntry(last) ? { seq: last.seq, state: last.state } : null;
  }

  #store(entry: Entry): void {
    const { chains, answers, outbox } = this.database;
    if (!isMarketEntry(entry)) this.#count(entry);
    const chain = chainOf(entry);
    chains.set(chain, [...this.#chain(chain), entry]);
    if (entry.answers) answers.set(requestOf(entry), entry);
    const draft = draftOf(entry);
    outbox.set(draft.id, draft);
  }

  #count({ event }: AccountEntry): void {
    const { exposures, holds } = this.database;
    const fate = holdFateAfter(event);
    if (fate) holds.set(fate.hold.id, fate);
    for (const change of exposureChanges(event)) {
      const name = selectionKey(change);
      exposures.set(name, (exposures.get(name) ?? 0) + change.byMinor);
    }
  }
}

function touchedBy(
  query: LedgerQuery,
): Omit<AccountQuery, "accountId"> & { readonly accountId: string | null } {
  if (!("marketId" in query)) return query;
  const { marketId, requestId } = query;
  return { accountId: null, requestId, marketIds: [marketId], selections: [], holdId: null };
}

function requestOf(entry: Entry): string {
  if (!entry.answers) throw new Error("the entry answers no request");
  return requestKey(chainOf(entry), entry.answers.requestId);
}

function present(
  markets: ReadonlyMap<string, Newest<MarketEntry>>,
): ReadonlyMap<string, NewestMarket> {
  const found = new Map<string, NewestMarket>();
  for (const [marketId, newest] of markets) if (newest) found.set(marketId, newest);
  return found;
}

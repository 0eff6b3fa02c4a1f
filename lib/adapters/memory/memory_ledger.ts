import { draftOf } from "../../audit/record.ts";
import type { Entry, Newest } from "../../domain/entry.ts";
import { exposureChanges, selectionKey, type SelectionRef } from "../../domain/exposure.ts";
import { type HoldFate, holdFateAfter } from "../../domain/hold.ts";
import type { MarketState } from "../../domain/market.ts";
import type { CommitOutcome } from "../../ports/commit_outcome.ts";
import {
  type LedgerQuery,
  type LedgerStore,
  type LedgerView,
  requestKey,
} from "../../ports/ledger_store.ts";
import type { MemoryDatabase } from "./memory_database.ts";

/** What a commit compares with what is there now. */
interface Versions {
  readonly markets: ReadonlyMap<string, MarketState | undefined>;
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
    const markets = new Map<string, MarketState | undefined>();
    const exposures = new Map<string, number>();
    for (const { accountId, requestId, marketIds, selections, holdId } of queries) {
      const account = this.#newest(accountId);
      newest.set(accountId, account);
      const request = requestId === null ? null : requestKey({ accountId, requestId });
      const answered = request === null ? undefined : database.answers.get(request);
      if (request !== null && answered) answers.set(request, answered);
      const fate = holdId === null ? undefined : database.holds.get(holdId);
      if (holdId !== null && fate?.hold.accountId === accountId) holds.set(holdId, fate);
      const ownLegs = account?.state.hold?.legs ?? [];
      for (const marketId of [...marketIds, ...ownLegs.map((leg) => leg.marketId)]) {
        markets.set(marketId, database.markets.get(marketId));
      }
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
      [...markets].every(([id, market]) => database.markets.get(id) === market) &&
      [...exposures].every(([name, minor]) => (database.exposures.get(name) ?? 0) === minor);
    const outcome = database.commit(holds, () => entries.forEach((entry) => this.#store(entry)));
    if (outcome === "committed") this.wake();
    return outcome;
  }

  newest(accountId: string): Promise<Newest> {
    return Promise.resolve(this.#newest(accountId));
  }

  entry(accountId: string, seq: number): Promise<Entry | null> {
    return Promise.resolve(this.#chain(accountId)[seq - 1] ?? null);
  }

  answer(accountId: string, requestId: string): Promise<Entry | null> {
    const answered = this.database.answers.get(requestKey({ accountId, requestId }));
    return Promise.resolve(answered ?? null);
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

  #chain(accountId: string): readonly Entry[] {
    return this.database.chains.get(accountId) ?? [];
  }

  #newest(accountId: string): Newest {
    const entry = this.#chain(accountId).at(-1);
    return entry ? { seq: entry.seq, state: entry.state } : null;
  }

  #store(entry: Entry): void {
    const { chains, answers, outbox, exposures, holds } = this.database;
    const fate = holdFateAfter(entry.event);
    if (fate) holds.set(fate.hold.id, fate);
    for (const change of exposureChanges(entry.event)) {
      const name = selectionKey(change);
      exposures.set(name, (exposures.get(name) ?? 0) + change.byMinor);
    }
    chains.set(entry.accountId, [...this.#chain(entry.accountId), entry]);
    if (entry.answers) answers.set(requestOf(entry), entry);
    const draft = draftOf(entry);
    outbox.set(draft.id, draft);
  }
}

function requestOf(entry: Entry): string {
  const { accountId, answers } = entry;
  if (!answers) throw new Error("the entry answers no request");
  return requestKey({ accountId, requestId: answers.requestId });
}

function present<Value>(values: ReadonlyMap<string, Value | undefined>): Map<string, Value> {
  const found = new Map<string, Value>();
  for (const [name, value] of values) if (value !== undefined) found.set(name, value);
  return found;
}

import type { Entry, Newest } from "../../domain/entry.ts";
import { selectionKey, type SelectionRef } from "../../domain/exposure.ts";
import type { MarketState } from "../../domain/market.ts";
import type { CommitOutcome } from "../../ports/commit_outcome.ts";
import {
  type LedgerQuery,
  type LedgerStore,
  type LedgerView,
  requestKey,
} from "../../ports/ledger_store.ts";
import { commitAtomic } from "./commit_atomic.ts";
import { fitting } from "./fitting.ts";
import { getAll } from "./get_all.ts";
import { keys } from "./keys.ts";
import type { KvBackend } from "./kv_backend.ts";
import { KvJournal } from "./kv_journal.ts";
import { LedgerMemory } from "./ledger_memory.ts";
import { LedgerReader } from "./ledger_reader.ts";
import { LedgerRows } from "./ledger_rows.ts";
import { Underway } from "./underway.ts";
import { EXPIRE_HOLDS, WAKE_UP } from "./wake_up.ts";

/** What a commit checks, beside the journal's next page. */
interface Versions {
  /** The journal's last page when the view was taken: what was seen is what its pages say. */
  readonly page: number;
  /** The commit that is counted as stored, up to that page; null for none. */
  readonly behind: Underway | null;
  readonly markets: readonly Deno.KvEntryMaybe<MarketState>[];
}

/** A read of memory that something came between is done again; memory is large. */
const LOADS_AT_MOST = 20;

/** The ledger in Deno KV: a journal of commits, and rows that checkpoints draw from it. */
export class KvLedger implements LedgerStore {
  readonly journal: KvJournal;
  readonly rows: LedgerRows;
  readonly #reader: LedgerReader;
  /** Whether a wake-up is on its way in the queue; the next one would say the same. */
  #wakeUpSent = false;
  /** The commit that was sent last. */
  #underway: Underway | null = null;

  /** `wake` is called after a commit where the backend has no queue to carry the wake-up. */
  constructor(
    readonly kv: Deno.Kv,
    readonly backend: KvBackend,
    readonly wake: () => void,
    readonly memory: LedgerMemory = new LedgerMemory(),
  ) {
    this.journal = new KvJournal(kv, memory);
    this.rows = new LedgerRows(kv, backend);
    this.#reader = new LedgerReader(this.journal, this.rows, this.memory);
  }

  fits(queries: readonly LedgerQuery[]): number {
    return fitting(this.backend, this.memory.accounts, queries);
  }

  async view(
    queries: readonly LedgerQuery[],
    how: { readonly fresh: boolean },
  ): Promise<LedgerView> {
    if (how.fresh) await this.journal.sync();
    else await this.journal.open();
    return await this.#view(queries, { ...how, behind: () => null });
  }

  async foresee(queries: readonly LedgerQuery[]): Promise<LedgerView | null> {
    const underway = this.#underway;
    // Once its pages are known, by whatever way, they are seen like all others.
    const behind = () => underway?.from === this.journal.last ? underway : null;
    return underway && await this.#view(queries, { fresh: false, behind });
  }

  async #view(
    queries: readonly LedgerQuery[],
    how: { readonly fresh: boolean; readonly behind: () => Underway | null },
  ): Promise<LedgerView> {
    const asked = queries.flatMap(({ accountId, holdId }) => (
      holdId === null ? [] : [{ accountId, holdId }]
    ));
    for (let loads = 0; loads < LOADS_AT_MOST; loads++) {
      const { covered } = this.journal;
      const holds = await this.#reader.holds(asked);
      await this.#load(queries, { fresh: how.fresh && loads === 0, behind: how.behind() });
      const answers = await this.#answers(queries);
      // Since a checkpoint that came meanwhile, the tail no longer says what became of the holds.
      const view = covered === this.journal.covered &&
        this.#remembered(queries, { answers, holds, behind: how.behind() });
      if (view) return view;
    }
    throw new Error(`what was read was forgotten again, ${LOADS_AT_MOST} times`);
  }

  async commit(view: LedgerView, entries: readonly Entry[]): Promise<CommitOutcome> {
    const { page, behind, markets } = view.versions as Versions;
    if (behind && behind.outcome !== "committed") return "conflict";
    // Only now is it known whose own holds bring markets along: a smaller group is to be tried.
    if (1 + markets.length > this.backend.checksAnAtomic) return "busy";
    const appended = this.journal.append(page, entries);
    if (!appended) return "conflict";
    const { atomic } = appended;
    const underway = this.#underway = new Underway(page, appended.to, entries);
    atomic.check(...markets);
    const wakes = this.#enqueue(atomic, entries);
    // Before the answer: the queue may deliver the message sooner than the store answers.
    this.#wakeUpSent ||= wakes;
    const { outcome } = await commitAtomic(atomic);
    underway.outcome = outcome;
    if (outcome !== "committed") {
      if (wakes) this.#wakeUpSent = false;
      for (const marketId of view.markets.keys()) this.memory.markets.delete(marketId);
      return outcome;
    }
    appended.committed();
    if (!this.backend.queues) this.wake();
    return "committed";
  }

  /** The queue has delivered: the next commit sends a wake-up again. A lost one costs a sweep's time. */
  wakeUpHeard(): void {
    this.#wakeUpSent = false;
  }

  /** How many entries there are. */
  async size(): Promise<number> {
    await this.journal.sync();
    return this.journal.size;
  }

  /** An entry's place among all entries, which is its number in the log; null when it is not there. */
  async number(accountId: string, seq: number): Promise<number | null> {
    await this.journal.sync();
    return await this.#reader.number(accountId, seq);
  }

  async newest(accountId: string): Promise<Newest> {
    await this.journal.sync();
    return await this.#reader.newest(accountId);
  }

  async entry(accountId: string, seq: number): Promise<Entry | null> {
    await this.journal.sync();
    return await this.#reader.entry(accountId, seq);
  }

  async answer(accountId: string, requestId: string): Promise<Entry | null> {
    await this.journal.sync();
    const known = this.memory.accounts.get(accountId)?.requests;
    return known?.has(requestId) === false ? null : await this.#reader.answer(accountId, requestId);
  }

  async history(
    accountId: string,
    page: { readonly before: number | null; readonly limit: number },
  ): Promise<readonly Entry[]> {
    await this.journal.sync();
    return await this.#reader.history(accountId, page);
  }

  async *newestSeqs(): AsyncIterable<{ readonly accountId: string; readonly seq: number }> {
    await this.journal.sync();
    yield* this.#reader.newestSeqs();
  }

  async deadHolds(
    asked: { readonly atMs: number; readonly limit: number },
  ): Promise<readonly { readonly accountId: string; readonly holdId: string }[]> {
    await this.journal.sync();
    return await this.#reader.dead(asked);
  }

  async exposures(selections: readonly SelectionRef[]): Promise<readonly number[]> {
    await this.journal.sync();
    await this.#reader.knowExposures(selections);
    return selections.map((one) => this.memory.exposures.get(selectionKey(one)) ?? 0);
  }

  /** The answers that there are already, by accounts that are in memory. */
  async #answers(queries: readonly LedgerQuery[]): Promise<ReadonlyMap<string, Entry>> {
    const answers = new Map<string, Entry>();
    await Promise.all(queries.map(async ({ accountId, requestId }) => {
      if (requestId === null) return;
      const known = this.memory.accounts.get(accountId)?.requests;
      if (known && !known.has(requestId)) return;
      const entry = await this.#reader.answer(accountId, requestId);
      if (entry) answers.set(requestKey({ accountId, requestId }), entry);
    }));
    return answers;
  }

  /** Brings into memory what is needed to decide. */
  async #load(
    queries: readonly LedgerQuery[],
    how: { readonly fresh: boolean; readonly behind: Underway | null },
  ): Promise<void> {
    const accountIds = [...new Set(queries.map((query) => query.accountId))];
    await this.#reader.knowAccounts(accountIds);
    await this.#reader.knowExposures(this.#selections(queries, how.behind));
    const wanted = this.#marketIds(queries, how.behind);
    const missing = wanted.filter((id) => how.fresh || !this.memory.markets.has(id));
    const rows = await getAll<MarketState>(this.kv, this.backend, missing.map(keys.market));
    for (const [index, marketId] of missing.entries()) {
      const row = rows[index];
      if (row) this.memory.markets.set(marketId, row);
    }
  }

  /** The view, all at one moment; null when something needed is not in memory (any more). */
  #remembered(
    queries: readonly LedgerQuery[],
    found: Pick<LedgerView, "answers" | "holds"> & { readonly behind: Underway | null },
  ): LedgerView | null {
    const { behind } = found;
    const { accounts, exposures: liabilities, markets: rows } = this.memory;
    const newest = new Map<string, Newest>();
    const answers = new Map(found.answers);
    for (const { accountId, requestId } of queries) {
      const known = accounts.get(accountId);
      if (!known) return null;
      newest.set(accountId, behind?.newest.get(accountId) ?? known.newest);
      if (requestId === null) continue;
      const request = requestKey({ accountId, requestId });
      if (answers.has(request)) continue;
      const since = behind?.answers.get(request) ?? this.journal.tail.answer(accountId, requestId);
      if (since) answers.set(request, since);
    }
    const exposures = new Map<string, number>();
    for (const selection of this.#selections(queries, behind)) {
      const name = selectionKey(selection);
      const liabilityMinor = liabilities.get(name);
      if (liabilityMinor === undefined) return null;
      exposures.set(name, liabilityMinor + (behind?.exposureChange(name) ?? 0));
    }
    const markets = new Map<string, MarketState>();
    const checked: Deno.KvEntryMaybe<MarketState>[] = [];
    for (const marketId of this.#marketIds(queries, behind)) {
      const row = rows.get(marketId);
      if (!row) return null;
      checked.push(row);
      if (row.value) markets.set(marketId, row.value);
    }
    const holds = new Map(found.holds);
    for (const { accountId, holdId } of queries) {
      if (holdId === null) continue;
      const fate = behind?.holds.get(holdId) ?? this.journal.tail.holdFate(holdId);
      if (fate?.hold.accountId === accountId) holds.set(holdId, fate);
    }
    const page = behind?.to ?? this.journal.last;
    const versions: Versions = { page, behind, markets: checked };
    return { queries, newest, answers, markets, exposures, holds, versions };
  }

  /** The selections asked for, and those of the accounts' own holds. */
  #selections(
    queries: readonly LedgerQuery[],
    behind: Underway | null,
  ): readonly SelectionRef[] {
    return queries.flatMap(({ accountId, selections }) => [
      ...selections,
      ...this.#legs(accountId, behind),
    ]);
  }

  #marketIds(queries: readonly LedgerQuery[], behind: Underway | null): readonly string[] {
    const ids = queries.flatMap(({ accountId, marketIds }) => [
      ...marketIds,
      ...this.#legs(accountId, behind).map((leg) => leg.marketId),
    ]);
    return [...new Set(ids)];
  }

  #legs(accountId: string, behind: Underway | null): readonly SelectionRef[] {
    const newest = behind?.newest.get(accountId) ?? this.memory.accounts.get(accountId)?.newest;
    return newest?.state.hold?.legs ?? [];
  }

  /** Sends the messages of a commit with it; answers whether one of them wakes the log's writer. */
  #enqueue(atomic: Deno.AtomicOperation, entries: readonly Entry[]): boolean {
    if (!this.backend.queues) return false;
    for (const { event } of entries) {
      if (event.type !== "hold.authorised") continue;
      const { expiresAtMs, authorisedAtMs } = event.hold;
      atomic.enqueue(EXPIRE_HOLDS, { delay: expiresAtMs - authorisedAtMs });
    }
    if (this.#wakeUpSent) return false;
    atomic.enqueue(WAKE_UP);
    return true;
  }
}

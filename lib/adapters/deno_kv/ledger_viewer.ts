import { chainOf } from "../../domain/chain.ts";
import type { Entry, Newest } from "../../domain/entry.ts";
import { selectionKey, type SelectionRef } from "../../domain/exposure.ts";
import type { HoldFate } from "../../domain/hold.ts";
import {
  type AccountQuery,
  type LedgerQuery,
  type LedgerView,
  type MarketQuery,
  type NewestMarket,
  requestKey,
} from "../../ports/ledger_store.ts";
import type { KnownAccount } from "./account_memory.ts";
import type { KvJournal } from "./kv_journal.ts";
import type { LedgerMemory } from "./ledger_memory.ts";
import type { LedgerReader } from "./ledger_reader.ts";
import type { MemoryFiller } from "./memory_filler.ts";

/** What a commit checks. */
export interface Versions {
  /** The journal's last page when the view was taken: what was seen is what its pages say. */
  readonly page: number;
  /** Requests whose absence nobody has looked up: the commit has to check it. */
  readonly absent: readonly { readonly accountId: string; readonly requestId: string }[];
}

/** A read of memory that something came between is done again; memory is large. */
const LOADS_AT_MOST = 20;

/** What was looked up for a view beside what memory keeps. */
interface Found {
  readonly answers: ReadonlyMap<string, Entry>;
  readonly holds: ReadonlyMap<string, HoldFate>;
}

/**
 * Builds what decisions see: from memory, which it first fills with what is missing. All of a view is
 * as of one page of the journal, so that the page behind it is the one thing that a commit must check.
 */
export class LedgerViewer {
  readonly journal: KvJournal;
  readonly memory: LedgerMemory;

  constructor(readonly reader: LedgerReader, readonly filler: MemoryFiller) {
    this.journal = reader.journal;
    this.memory = filler.memory;
  }

  /** See `LedgerStore.view`. The journal is open, and in step with the store if it has to be `fresh`. */
  async view(
    queries: readonly LedgerQuery[],
    how: { readonly fresh: boolean },
  ): Promise<LedgerView> {
    const own = queries.filter(isOfAccount);
    const ofMarkets = queries.filter(isOfMarket);
    const answered = await this.#answers(own, how);
    const asked = own.flatMap(({ accountId, holdId }) =>
      holdId === null ? [] : [{ accountId, holdId }]
    );
    for (let loads = 0; loads < LOADS_AT_MOST; loads++) {
      const { covered } = this.journal;
      const holds = await this.reader.holds(asked);
      const answers = new Map([...answered, ...await this.#answersOfMarkets(ofMarkets)]);
      await this.#load(queries);
      // Since a checkpoint that came meanwhile, the tail no longer says what became of the holds, or
      // which requests the markets have answered.
      const view = covered === this.journal.covered &&
        this.#remembered(queries, { answers, holds });
      if (!view) continue;
      if (isInStep(own, view)) return view;
      // A row was drawn from pages that another process has committed since: now they are read, too.
      await this.journal.sync();
    }
    throw new Error(`what was read was forgotten again, ${LOADS_AT_MOST} times`);
  }

  /** Answers to requests of accounts, as far as they are looked up. */
  async #answers(
    queries: readonly AccountQuery[],
    how: { readonly fresh: boolean },
  ): Promise<ReadonlyMap<string, Entry>> {
    const answers = new Map<string, Entry>();
    await Promise.all(queries.map(async ({ accountId, requestId }) => {
      if (requestId === null) return;
      const known = this.memory.accounts.get(accountId)?.requests;
      // Who is not known is hardly ever there: the commit's check is cheaper than a read.
      const look = known ? known.has(requestId) : how.fresh;
      const entry = look
        ? await this.reader.answer(accountId, requestId)
        : this.journal.tail.answer(accountId, requestId);
      if (entry) answers.set(requestKey(accountId, requestId), entry);
    }));
    return answers;
  }

  /** Answers to requests of markets: traders are few, so each is looked up. */
  async #answersOfMarkets(
    queries: readonly MarketQuery[],
  ): Promise<readonly (readonly [string, Entry])[]> {
    const answers = await Promise.all(queries.map(async (query) => {
      if (query.requestId === null) return [];
      const chain = chainOf(query);
      const entry = await this.reader.answer(chain, query.requestId);
      return entry ? [[requestKey(chain, query.requestId), entry] as const] : [];
    }));
    return answers.flat();
  }

  /** Brings into memory what is needed to decide. */
  async #load(queries: readonly LedgerQuery[]): Promise<void> {
    const own = queries.filter(isOfAccount);
    await this.filler.accounts([...new Set(own.map(({ accountId }) => accountId))]);
    await this.filler.exposures(this.#selections(own));
    await this.filler.markets(this.#marketIds(queries));
  }

  /** The view, all at one moment; null when something needed is not in memory (any more). */
  #remembered(queries: readonly LedgerQuery[], found: Found): LedgerView | null {
    const own = queries.filter(isOfAccount);
    const accounts = allOf(own.map(({ accountId }) => accountId), (id) => (
      this.memory.accounts.get(id)
    ));
    const known = allOf(this.#marketIds(queries), (id) => this.memory.markets.get(id));
    const exposures = allOf(this.#selections(own).map(selectionKey), (name) => (
      this.memory.exposures.get(name)
    ));
    if (!accounts || !known || !exposures) return null;
    const newest = new Map<string, Newest>();
    for (const [accountId, account] of accounts) newest.set(accountId, account.newest);
    const markets = new Map<string, NewestMarket>();
    for (const [marketId, market] of known) if (market.newest) markets.set(marketId, market.newest);
    const answers = this.#answersBy(queries, found.answers);
    const versions: Versions = {
      page: this.journal.last,
      absent: absentOf(own, accounts, answers),
    };
    const holds = this.#holdsBy(own, found.holds);
    return { queries, newest, answers, markets, exposures, holds, versions };
  }

  /** The answers that were found, and those that the tail has got since. */
  #answersBy(queries: readonly LedgerQuery[], found: Found["answers"]): Found["answers"] {
    const answers = new Map(found);
    for (const query of queries) {
      if (query.requestId === null) continue;
      const chain = chainOf(query);
      const since = this.journal.tail.answer(chain, query.requestId);
      if (since) answers.set(requestKey(chain, query.requestId), since);
    }
    return answers;
  }

  /** The holds that were found, or what the tail has made of them since. */
  #holdsBy(queries: readonly AccountQuery[], found: Found["holds"]): Found["holds"] {
    const holds = new Map(found);
    for (const { accountId, holdId } of queries) {
      const fate = holdId === null ? undefined : this.journal.tail.holdFate(holdId);
      if (holdId !== null && fate?.hold.accountId === accountId) holds.set(holdId, fate);
    }
    return holds;
  }

  /** The selections asked for, and those of the accounts' own holds. */
  #selections(queries: readonly AccountQuery[]): readonly SelectionRef[] {
    return queries.flatMap(({ accountId, selections }) => [
      ...selections,
      ...this.#legs(accountId),
    ]);
  }

  /** The markets asked for, and those of the accounts' own holds. */
  #marketIds(queries: readonly LedgerQuery[]): readonly string[] {
    const ids = queries.flatMap((query) =>
      isOfAccount(query)
        ? [...query.marketIds, ...this.#legs(query.accountId).map((leg) => leg.marketId)]
        : [query.marketId]
    );
    return [...new Set(ids)];
  }

  #legs(accountId: string): readonly SelectionRef[] {
    return this.memory.accounts.get(accountId)?.newest?.state.hold?.legs ?? [];
  }
}

/** Whether holds and accounts say the same: a pending hold is the one that its account has. */
function isInStep(
  queries: readonly AccountQuery[],
  { newest, holds }: Pick<LedgerView, "newest" | "holds">,
): boolean {
  return queries.every(({ accountId, holdId }) => {
    if (holdId === null) return true;
    const pending = holds.get(holdId)?.status === "pending";
    return pending === (newest.get(accountId)?.state.hold?.id === holdId);
  });
}

function isOfMarket(query: LedgerQuery): query is MarketQuery {
  return "marketId" in query;
}

function isOfAccount(query: LedgerQuery): query is AccountQuery {
  return !isOfMarket(query);
}

/** What is kept under each name; null when something is not. */
function allOf<Kept>(
  names: readonly string[],
  get: (name: string) => Kept | undefined,
): Map<string, Kept> | null {
  const all = new Map<string, Kept>();
  for (const name of names) {
    const kept = get(name);
    if (kept === undefined) return null;
    all.set(name, kept);
  }
  return all;
}

/** The requests that may have been answered, for all that is known. */
function absentOf(
  queries: readonly AccountQuery[],
  accounts: ReadonlyMap<string, KnownAccount>,
  answers: Found["answers"],
): Versions["absent"] {
  return queries.flatMap(({ accountId, requestId }) => {
    if (requestId === null || answers.has(requestKey(accountId, requestId))) return [];
    const requests = accounts.get(accountId)?.requests;
    return !requests || requests.has(requestId) ? [{ accountId, requestId }] : [];
  });
}

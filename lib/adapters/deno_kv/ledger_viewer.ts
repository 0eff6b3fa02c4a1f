import type { Entry, Newest } from "../../domain/entry.ts";
import { selectionKey, type SelectionRef } from "../../domain/exposure.ts";
import type { HoldFate } from "../../domain/hold.ts";
import {
  type AccountQuery,
  type LedgerQuery,
  type LedgerView,
  type MarketQuery,
  type NewestMarket,
} from "../../ports/ledger_store.ts";
import type { AnswerLookup } from "./answer_lookup.ts";
import type { KvJournal } from "./kv_journal.ts";
import type { LedgerMemory } from "./ledger_memory.ts";
import type { LedgerReader } from "./ledger_reader.ts";
import type { MemoryFiller } from "./memory_filler.ts";
import type { Underway } from "./underway.ts";

/** What a commit checks. */
export interface Versions {
  /** The journal's last page when the view was taken: what was seen is what its pages say. */
  readonly page: number;
  /** The commit that is counted as stored, up to that page; null for none. */
  readonly behind: Underway | null;
}

/** A read of memory that something came between is done again; memory is large. */
const LOADS_AT_MOST = 20;

/** What was looked up for a view beside what memory keeps. */
interface Found {
  readonly answers: ReadonlyMap<string, Entry>;
  readonly holds: ReadonlyMap<string, HoldFate>;
  readonly behind: Underway | null;
}

/**
 * Builds what decisions see: from memory, which it first fills with what is missing. All of a view is
 * as of one page of the journal, so that the page behind it is the one thing that a commit must check.
 */
export class LedgerViewer {
  readonly journal: KvJournal;
  readonly memory: LedgerMemory;

  constructor(
    readonly reader: LedgerReader,
    readonly answers: AnswerLookup,
    readonly filler: MemoryFiller,
  ) {
    this.journal = reader.journal;
    this.memory = filler.memory;
  }

  /**
   * See `LedgerStore.view`; the journal is open, and in step with the store if it has to be. With an
   * `underway`, that commit counts as stored.
   */
  async view(
    queries: readonly LedgerQuery[],
    underway: Underway | null = null,
  ): Promise<LedgerView> {
    const own = queries.filter(isOfAccount);
    const ofMarkets = queries.filter(isOfMarket);
    const asked = own.flatMap(({ accountId, holdId }) =>
      holdId === null ? [] : [{ accountId, holdId }]
    );
    // Once its pages are known, by whatever way, they are seen like all others.
    const behind = () => underway?.from === this.journal.last ? underway : null;
    for (let loads = 0; loads < LOADS_AT_MOST; loads++) {
      const { covered } = this.journal;
      const holds = await this.reader.holds(asked);
      await this.#load(queries, behind());
      const answers = new Map([
        ...await this.answers.ofAccounts(own),
        ...await this.answers.ofMarkets(ofMarkets),
      ]);
      // Since a checkpoint that came meanwhile, the tail no longer says what became of the holds, or
      // which requests were answered.
      const view = covered === this.journal.covered &&
        this.#remembered(queries, { answers, holds, behind: behind() });
      if (!view) continue;
      if (isInStep(own, view)) return view;
      // A row was drawn from pages that another process has committed since: now they are read, too.
      await this.journal.sync();
    }
    throw new Error(`what was read was forgotten again, ${LOADS_AT_MOST} times`);
  }

  /** Brings into memory what is needed to decide. */
  async #load(queries: readonly LedgerQuery[], behind: Underway | null): Promise<void> {
    const own = queries.filter(isOfAccount);
    await this.filler.accounts([...new Set(own.map(({ accountId }) => accountId))]);
    await this.filler.exposures(this.#selections(own, behind));
    await this.filler.markets(this.#marketIds(queries, behind));
  }

  /** The view, all at one moment; null when something needed is not in memory (any more). */
  #remembered(queries: readonly LedgerQuery[], found: Found): LedgerView | null {
    const { behind } = found;
    const own = queries.filter(isOfAccount);
    const accounts = allOf(own.map(({ accountId }) => accountId), (id) => (
      this.memory.accounts.get(id)
    ));
    const known = allOf(this.#marketIds(queries, behind), (id) => this.memory.markets.get(id));
    const exposures = allOf(this.#selections(own, behind).map(selectionKey), (name) => {
      const liabilityMinor = this.memory.exposures.get(name);
      return liabilityMinor === undefined
        ? undefined
        : liabilityMinor + (behind?.exposureChange(name) ?? 0);
    });
    if (!accounts || !known || !exposures) return null;
    const newest = new Map<string, Newest>();
    for (const [accountId, account] of accounts) {
      newest.set(accountId, behind?.accounts.get(accountId) ?? account.newest);
    }
    const markets = new Map<string, NewestMarket>();
    for (const [marketId, market] of known) {
      const last = behind?.markets.get(marketId) ?? market.newest;
      if (last) markets.set(marketId, last);
    }
    const versions: Versions = { page: behind?.to ?? this.journal.last, behind };
    const answers = this.answers.since(queries, found);
    const holds = this.#holdsBy(own, found);
    return { queries, newest, answers, markets, exposures, holds, versions };
  }

  /** The holds that were found, or what has become of them since. */
  #holdsBy(queries: readonly AccountQuery[], found: Found): Found["holds"] {
    const holds = new Map(found.holds);
    for (const { accountId, holdId } of queries) {
      if (holdId === null) continue;
      const fate = found.behind?.holds.get(holdId) ?? this.journal.tail.holdFate(holdId);
      if (fate?.hold.accountId === accountId) holds.set(holdId, fate);
    }
    return holds;
  }

  /** The selections asked for, and those of the accounts' own holds. */
  #selections(
    queries: readonly AccountQuery[],
    behind: Underway | null,
  ): readonly SelectionRef[] {
    return queries.flatMap(({ accountId, selections }) => [
      ...selections,
      ...this.#legs(accountId, behind),
    ]);
  }

  /** The markets asked for, and those of the accounts' own holds. */
  #marketIds(queries: readonly LedgerQuery[], behind: Underway | null): readonly string[] {
    const ids = queries.flatMap((query) =>
      isOfAccount(query)
        ? [...query.marketIds, ...this.#legs(query.accountId, behind).map((leg) => leg.marketId)]
        : [query.marketId]
    );
    return [...new Set(ids)];
  }

  #legs(accountId: string, behind: Underway | null): readonly SelectionRef[] {
    const newest = behind?.accounts.get(accountId) ?? this.memory.accounts.get(accountId)?.newest;
    return newest?.state.hold?.legs ?? [];
  }
}

/** Whether the holds and the accounts asked about are of one moment. */
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

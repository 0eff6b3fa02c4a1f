import { chainOf } from "../../domain/chain.ts";
import { type Entry, isMarketEntry, type MarketEntry, type Newest } from "../../domain/entry.ts";
import type { SelectionRef } from "../../domain/exposure.ts";
import type { CommitOutcome } from "../../ports/commit_outcome.ts";
import {
  type ChainEnd,
  type LedgerQuery,
  type LedgerStore,
  type LedgerView,
  type MarketQuery,
  type NewestMarket,
  requestKey,
} from "../../ports/ledger_store.ts";
import type { LiabilityTables } from "./liability_tables.ts";
import type { MarketTables } from "./market_tables.ts";
import type { Parcel } from "./parcel.ts";
import type { ObjectStorage } from "./platform.ts";

/** A commit is decided and written in one go; nobody waits for more than so many others. */
const QUERIES_A_COMMIT = 200;

/** What begins the name of a market's chain. */
const OF_MARKETS = chainOf({ marketId: "" });

/** What the ledger of an object's markets stands on. */
export interface MarketLedgerParts {
  readonly storage: ObjectStorage;
  readonly tables: MarketTables;
  readonly liabilities: LiabilityTables;
  /** Makes a new chain known, before its first entry is stored; it may run twice. */
  readonly register: (chain: string) => Promise<void>;
  /** Hears what was stored, in the same turn: nothing has left the object yet. */
  readonly stored: (parcels: readonly Parcel[]) => void;
}

/** The ledger of the markets of one object: their chains, and nothing of any account. */
export class MarketLedger implements LedgerStore {
  constructor(readonly parts: MarketLedgerParts) {}

  fits(queries: readonly LedgerQuery[]): number {
    return Math.min(queries.length, QUERIES_A_COMMIT);
  }

  /** What is in flight here is decided by other objects, too: nothing can be foreseen. */
  foresee(): Promise<null> {
    return Promise.resolve(null);
  }

  // deno-lint-ignore require-await
  async view(queries: readonly LedgerQuery[]): Promise<LedgerView> {
    const { tables } = this.parts;
    const answers = new Map<string, Entry>();
    const markets = new Map<string, NewestMarket>();
    const seqs = new Map<string, number | null>();
    for (const { marketId, requestId } of queries.map(ofMarket)) {
      const newest = tables.newest(marketId);
      if (newest) markets.set(marketId, newest);
      seqs.set(marketId, newest?.seq ?? null);
      const answer = requestId === null ? null : tables.answer(marketId, requestId);
      if (answer && requestId !== null) {
        answers.set(requestKey(chainOf({ marketId }), requestId), answer);
      }
    }
    const none = { newest: new Map(), exposures: new Map(), holds: new Map() };
    return { queries, answers, markets, ...none, versions: seqs };
  }

  async commit(
    view: LedgerView,
    entries: readonly Entry[],
  ): Promise<CommitOutcome> {
    const own = entries.map(marketEntry);
    const opened = own.filter(({ seq }) => seq === 1);
    await Promise.all(
      opened.map((entry) => this.parts.register(chainOf(entry))),
    );
    return this.#store(
      view.versions as ReadonlyMap<string, number | null>,
      own,
    );
  }

  newest(): Promise<Newest> {
    return Promise.resolve(null);
  }

  markets(
    marketIds: readonly string[],
  ): Promise<readonly Newest<MarketEntry>[]> {
    return Promise.resolve(
      marketIds.map((marketId) => this.parts.tables.newest(marketId)),
    );
  }

  entry(chain: string, seq: number): Promise<Entry | null> {
    return Promise.resolve(this.parts.tables.entry(marketIdOf(chain), seq));
  }

  answer(chain: string, requestId: string): Promise<Entry | null> {
    return Promise.resolve(
      this.parts.tables.answer(marketIdOf(chain), requestId),
    );
  }

  history(
    chain: string,
    page: { readonly before: number | null; readonly limit: number },
  ): Promise<readonly Entry[]> {
    return Promise.resolve(this.parts.tables.history(marketIdOf(chain), page));
  }

  async *chainEnds(): AsyncIterable<ChainEnd> {
    const { tables } = this.parts;
    for (const marketId of tables.marketIds()) {
      const newest = tables.newest(marketId);
      if (newest) yield { marketId, seq: newest.seq };
    }
  }

  deadHolds(): Promise<readonly []> {
    return Promise.resolve([]);
  }

  exposures(selections: readonly SelectionRef[]): Promise<readonly number[]> {
    const { liabilities } = this.parts;
    return Promise.resolve(
      selections.map(({ marketId, selectionId }) => liabilities.on(marketId, selectionId)),
    );
  }

  /** Looks and writes in one transaction: making a chain known took a while. */
  #store(
    seqs: ReadonlyMap<string, number | null>,
    entries: readonly MarketEntry[],
  ): CommitOutcome {
    const { storage, tables, stored } = this.parts;
    try {
      return storage.transactionSync(() => {
        for (const [marketId, seq] of seqs) {
          if ((tables.newest(marketId)?.seq ?? null) !== seq) return "conflict";
        }
        stored(entries.map((entry) => tables.append(entry)));
        return "committed";
      });
    } catch (error) {
      // All of it was rolled back.
      tables.forget();
      console.error("Entries could not be stored.", error);
      return "busy";
    }
  }
}

function ofMarket(query: LedgerQuery): MarketQuery {
  if ("marketId" in query) return query;
  throw new Error("an object of markets decides nothing about an account");
}

function marketEntry(entry: Entry): MarketEntry {
  if (isMarketEntry(entry)) return entry;
  throw new Error(`${entry.event.type} is no entry of a market`);
}

/** The market of a chain; the text of a chain that is none is the name of no market here. */
function marketIdOf(chain: string): string {
  return chain.startsWith(OF_MARKETS) ? chain.slice(OF_MARKETS.length) : "";
}

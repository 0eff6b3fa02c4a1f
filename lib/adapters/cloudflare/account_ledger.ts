import { chainOf } from "../../domain/chain.ts";
import { type AccountEntry, accountEntry, type Entry, type Newest } from "../../domain/entry.ts";
import type { MarketEntry } from "../../domain/entry.ts";
import type { SelectionRef } from "../../domain/exposure.ts";
import type { CommitOutcome } from "../../ports/commit_outcome.ts";
import type { ChainEnd, LedgerQuery, LedgerStore, LedgerView } from "../../ports/ledger_store.ts";
import type { Randomness } from "../../ports/surroundings.ts";
import type { AccountTables } from "./account_tables.ts";
import { accountView, ownNewest } from "./account_view.ts";
import type { BookDesk } from "./book_desk.ts";
import { type BookSeen, claimsOf, endingIn, reservedBy } from "./claims.ts";
import type { ReservationFate, ReservationRef } from "./market_calls.ts";
import type { Parcel } from "./parcel.ts";
import type { ObjectStorage } from "./platform.ts";

/** A commit is read, decided and written in one go; nobody waits for more than so many others. */
const QUERIES_A_COMMIT = 200;

/** Letters of an attempt's name: more than 50 bits, so that no account ever uses one twice. */
const ATTEMPT_LETTERS = 10;

/** What an account's ledger stands on. */
export interface AccountLedgerParts {
  readonly storage: ObjectStorage;
  readonly tables: AccountTables;
  readonly desk: BookDesk;
  readonly randomness: Randomness;
  /** Makes a new chain known, before its first entry is stored; it may run twice. */
  readonly register: (chain: string) => Promise<void>;
  /** Hears what was stored, in the same turn: nothing has left the object yet. */
  readonly stored: (parcels: readonly Parcel[]) => void;
}

/**
 * The ledger of one account inside its object: its own chain in SQLite, the book in the objects of the
 * markets. A commit reserves at the markets first and then stores the entries; what was reserved for a
 * commit that came to nothing is given back, or found by the market to belong to nobody.
 */
export class AccountLedger implements LedgerStore {
  /** The attempts whose commits have yet to end. */
  readonly #underWay = new Set<string>();

  constructor(readonly parts: AccountLedgerParts) {}

  fits(queries: readonly LedgerQuery[]): number {
    return Math.min(queries.length, QUERIES_A_COMMIT);
  }

  /** What is in flight here is decided by other objects, too: nothing can be foreseen. */
  foresee(): Promise<null> {
    return Promise.resolve(null);
  }

  async view(
    queries: readonly LedgerQuery[],
    how: { readonly fresh: boolean },
  ): Promise<LedgerView> {
    return await accountView(this.parts, queries, how);
  }

  async commit(
    view: LedgerView,
    entries: readonly Entry[],
  ): Promise<CommitOutcome> {
    const { desk, randomness, register } = this.parts;
    const own = entries.map(accountEntry);
    const [first] = own;
    if (!first) return "committed";
    const { accountId } = first;
    const attempt = randomness.letters(ATTEMPT_LETTERS);
    const endingHoldIds = endingIn(own);
    this.#underWay.add(attempt);
    try {
      if (first.seq === 1) await register(chainOf(first));
      const markets = claimsOf(view.versions as BookSeen, own);
      if (markets.length > 0) {
        const claimed = await desk.claim({
          accountId,
          attempt,
          markets,
          endingHoldIds,
        });
        if (claimed !== "reserved") {
          return claimed === "changed" ? "conflict" : "busy";
        }
      }
      const outcome = this.#store(view, own, attempt);
      if (outcome !== "committed") await desk.release(reservedBy(own, attempt));
      else if (endingHoldIds.length > 0) await this.payReleases();
      return outcome;
    } finally {
      this.#underWay.delete(attempt);
    }
  }

  /** Has the liability of ended holds taken away, as far as their markets answer; the rest stays owed. */
  async payReleases(): Promise<boolean> {
    const { tables, desk, storage } = this.parts;
    const owed = tables.owedReleases();
    const paid = await Promise.all(
      owed.map(async (one) => await desk.release([one]) ? one : null),
    );
    storage.transactionSync(() => {
      for (const one of paid) {
        if (one) tables.paidRelease(one.reservation.backingId);
      }
    });
    return paid.every((one) => one !== null);
  }

  /** What became of a reservation that a market keeps for this account. */
  fate({ backingId, attempt }: ReservationRef): ReservationFate {
    const { tables } = this.parts;
    const seq = Number(backingId.slice(backingId.lastIndexOf("_") + 1));
    const entry = tables.entry(seq);
    if (!entry) return this.#underWay.has(attempt) ? "pending" : "none";
    // The place is taken, and by whom is settled for ever.
    if (tables.attempt(seq) !== attempt) return "none";
    if (entry.event.type === "bet.placed") return "stands";
    const status = tables.hold(backingId)?.status;
    return status === "pending" ? "pending" : status === "posted" ? "stands" : "none";
  }

  newest(accountId: string): Promise<Newest> {
    return Promise.resolve(this.#own(accountId));
  }

  async markets(
    marketIds: readonly string[],
  ): Promise<readonly Newest<MarketEntry>[]> {
    const seen = await this.parts.desk.see(marketIds, { fresh: true });
    return marketIds.map((marketId) => seen.get(marketId)?.newest ?? null);
  }

  entry(chain: string, seq: number): Promise<Entry | null> {
    return Promise.resolve(this.#own(chain) && this.parts.tables.entry(seq));
  }

  answer(chain: string, requestId: string): Promise<Entry | null> {
    return Promise.resolve(
      this.#own(chain) && this.parts.tables.answer(requestId),
    );
  }

  history(
    chain: string,
    page: { readonly before: number | null; readonly limit: number },
  ): Promise<readonly Entry[]> {
    return Promise.resolve(
      this.#own(chain) ? this.parts.tables.history(page) : [],
    );
  }

  async *chainEnds(): AsyncIterable<ChainEnd> {
    const newest = this.parts.tables.newest();
    if (newest) yield { accountId: newest.state.id, seq: newest.seq };
  }

  deadHolds(
    asked: { readonly atMs: number; readonly limit: number },
  ): Promise<
    readonly { readonly accountId: string; readonly holdId: string }[]
  > {
    const accountId = this.parts.tables.newest()?.state.id;
    if (accountId === undefined) return Promise.resolve([]);
    const dead = this.parts.tables.pendingHolds(asked.limit)
      .filter(({ expiresAtMs }) => expiresAtMs <= asked.atMs)
      .map(({ id: holdId }) => ({ accountId, holdId }));
    return Promise.resolve(dead);
  }

  exposures(selections: readonly SelectionRef[]): Promise<readonly number[]> {
    return this.parts.desk.liabilities(selections);
  }

  /** Looks and writes in one transaction: the markets' answers came after the view. */
  #store(
    view: LedgerView,
    entries: readonly AccountEntry[],
    attempt: string,
  ): CommitOutcome {
    const { storage, tables, stored } = this.parts;
    try {
      return storage.transactionSync(() => {
        // Each answer to a request is an entry of this chain, so its end alone tells of them all.
        const unchanged = [...view.newest].every(([accountId, newest]) =>
          this.#own(accountId)?.seq === newest?.seq
        );
        if (!unchanged) return "conflict";
        stored(tables.append(entries, attempt));
        return "committed";
      });
    } catch (error) {
      // All of it was rolled back.
      tables.forget();
      console.error("Entries could not be stored.", error);
      return "busy";
    }
  }

  #own(accountId: string): Newest {
    return ownNewest(this.parts.tables, accountId);
  }
}

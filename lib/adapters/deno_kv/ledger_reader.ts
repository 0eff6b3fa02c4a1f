import { chainOf } from "../../domain/chain.ts";
import { type Entry, isMarketEntry, type MarketEntry, type Newest } from "../../domain/entry.ts";
import { selectionKey, type SelectionRef } from "../../domain/exposure.ts";
import { type HoldFate, isDead } from "../../domain/hold.ts";
import type { ChainEnd } from "../../ports/ledger_store.ts";
import type { KvJournal } from "./kv_journal.ts";
import type { AccountRow, DueHold, ExposureRow, LedgerRows, MarketRow } from "./ledger_rows.ts";

/** A checkpoint in the middle of a read makes it start again; they are far apart. */
const READS_AT_MOST = 20;

/** Reads the ledger as of the last page known: from the rows and the journal's tail together. */
export class LedgerReader {
  constructor(readonly journal: KvJournal, readonly rows: LedgerRows) {}

  /**
   * Runs a read of rows and tail until no checkpoint came in between: one that does moves entries from
   * the tail to rows that may have been read just before, and they would be in neither. What follows
   * from the read, above all what is to be remembered, is left to `conclude`: it sees the tail that
   * goes with the rows, in the same step, and never what was read in vain.
   */
  async steady<Read, Result>(
    read: () => Promise<Read>,
    conclude: (read: Read) => Result,
  ): Promise<Result> {
    for (let reads = 0; reads < READS_AT_MOST; reads++) {
      const { covered } = this.journal;
      const found = await read();
      if (covered === this.journal.covered) return conclude(found);
    }
    throw new Error(`a read met ${READS_AT_MOST} checkpoints in a row`);
  }

  /** The newest of markets, in their order; null for what is not there. */
  markets(marketIds: readonly string[]): Promise<readonly Newest<MarketEntry>[]> {
    return this.steady(
      () => this.rows.markets(marketIds),
      (rows) => marketIds.map((id, index) => this.newerMarket(id, rows[index] ?? null)),
    );
  }

  /** Liability in minor units of each selection, in their order. */
  exposures(selections: readonly SelectionRef[]): Promise<readonly number[]> {
    return this.steady(
      () => this.exposureRows(selections),
      (rows) => selections.map((one, index) => this.exposureNow(one, rows[index])),
    );
  }

  /** The rows of selections. No row is of a page that is not known here. */
  async exposureRows(selections: readonly SelectionRef[]): Promise<readonly ExposureRow[]> {
    const rows = await this.rows.exposures(selections);
    // Another process may be drawing rows from pages that are not known here: to follow them later
    // would count them twice.
    if (rows.some((row) => row.page > this.journal.last)) await this.journal.sync();
    return rows;
  }

  /** The liability as its row has it, and what the tail has added since. */
  exposureNow(selection: SelectionRef, row: ExposureRow | undefined): number {
    if (!row) throw new Error("every exposure asked for has an answer");
    const sinceMinor = this.journal.tail.exposureSince(row.page, selectionKey(selection));
    return row.liabilityMinor + sinceMinor;
  }

  newest(accountId: string): Promise<Newest> {
    return this.steady(
      () => this.rows.accounts([accountId]),
      ([row]) => this.newer(accountId, row ?? null),
    );
  }

  entry(chain: string, seq: number): Promise<Entry | null> {
    return this.steady(
      async () => {
        const place = await this.rows.place(chain, seq);
        return place && ((await this.journal.page(place.page)).entries[place.index] ?? null);
      },
      (drawn) => drawn ?? this.#tailEntry(chain, seq),
    );
  }

  /** An entry's place among all entries ever, from 1; null when it is not there. */
  number(chain: string, seq: number): Promise<number | null> {
    return this.steady(async () => {
      const place = await this.rows.place(chain, seq);
      return place && (await this.journal.page(place.page)).first + place.index;
    }, (drawn) => drawn ?? this.journal.tail.number(chain, seq));
  }

  /** The places of a chain's entries that are above `after`, in their order, at most `limit`. */
  async numbersBehind(
    chain: string,
    asked: { readonly after: number; readonly limit: number },
  ): Promise<readonly number[]> {
    const from = asked.after === 0 ? 1 : await this.#firstBehind(chain, asked.after);
    return await this.#numbers(chain, { from, limit: asked.limit });
  }

  /** The chain's first entry whose place is above `after`, by halving: both only go up. */
  async #firstBehind(chain: string, after: number): Promise<number> {
    const [last] = await this.history(chain, { before: null, limit: 1 });
    let low = 1;
    let high = (last?.seq ?? 0) + 1;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const number = await this.number(chain, middle);
      if (number === null || number > after) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The places of a chain's entries numbered `from` and on, at most `limit`. */
  #numbers(
    chain: string,
    asked: { readonly from: number; readonly limit: number },
  ): Promise<readonly number[]> {
    const { tail } = this.journal;
    return this.steady(async () => {
      const places = await this.rows.placesFrom(chain, asked);
      return await Promise.all(
        places.slice(0, asked.limit).map(async ({ page, index, seq }) => ({
          seq,
          number: (await this.journal.page(page)).first + index,
        })),
      );
    }, (drawn) => {
      const next = Math.max(asked.from, (drawn.at(-1)?.seq ?? 0) + 1);
      const fresh = tail.entries(chain).filter(({ seq }) => seq >= next)
        .flatMap(({ seq }) => tail.number(chain, seq) ?? []);
      return [...drawn.map(({ number }) => number), ...fresh].slice(0, asked.limit);
    });
  }

  answer(chain: string, requestId: string): Promise<Entry | null> {
    return this.steady(
      async () => {
        const seq = await this.rows.request(chain, requestId);
        return seq === null ? null : await this.entry(chain, seq);
      },
      (drawn) => drawn ?? this.journal.tail.answer(chain, requestId) ?? null,
    );
  }

  /** A chain's entries numbered below `before` (all, when null), newest first, at most `limit`. */
  history(
    chain: string,
    asked: { readonly before: number | null; readonly limit: number },
  ): Promise<readonly Entry[]> {
    const { before, limit } = asked;
    return this.steady(async () => {
      const places = await this.rows.places(chain, asked);
      return await Promise.all(
        places.slice(0, limit).map(async ({ page, index }) => {
          const entry = (await this.journal.page(page)).entries[index];
          if (!entry) throw new Error(`page ${page} of the journal has no entry ${index}`);
          return entry;
        }),
      );
    }, (older) => {
      const newestRow = older[0]?.seq ?? 0;
      const tail = this.journal.tail.entries(chain)
        .filter(({ seq }) => seq > newestRow && (before === null || seq < before));
      return [...tail.toReversed(), ...older].slice(0, limit);
    });
  }

  /** The fates of holds, by their ids; of the tail's where it has one. */
  holds(
    asked: readonly { readonly accountId: string; readonly holdId: string }[],
  ): Promise<ReadonlyMap<string, HoldFate>> {
    return this.steady(() => this.rows.holds(asked), (rows) => {
      const fates = new Map(rows.map((fate) => [fate.hold.id, fate]));
      for (const { accountId, holdId } of asked) {
        const fate = this.journal.tail.holdFate(holdId);
        if (fate?.hold.accountId === accountId) fates.set(holdId, fate);
      }
      return fates;
    });
  }

  /** Pending holds that are dead at `atMs`, the longest dead first, at most `limit`. */
  dead(
    asked: { readonly atMs: number; readonly limit: number },
  ): Promise<readonly DueHold[]> {
    const { atMs, limit } = asked;
    const { tail } = this.journal;
    return this.steady(
      // The tail may know that some of the rows' holds have ended: they must not fill the limit.
      () => this.rows.dead({ atMs, limit: limit + tail.holdFates().length }),
      (rows) => {
        const fresh = tail.holdFates()
          .filter(({ hold, status }) => status === "pending" && isDead(hold, atMs))
          .map(({ hold: { accountId, id: holdId, expiresAtMs } }) => (
            { accountId, holdId, expiresAtMs }
          ));
        const drawn = rows.filter(({ holdId }) => !tail.holdFate(holdId));
        return [...drawn, ...fresh].sort((a, b) => a.expiresAtMs - b.expiresAtMs).slice(0, limit);
      },
    );
  }

  /** Where every chain ends. */
  async *chainEnds(): AsyncIterable<ChainEnd> {
    // Taken first: what a checkpoint moves to rows meanwhile may stand where the list has passed.
    const tail = this.#tailEnds();
    for await (const end of this.rows.chainEnds()) {
      const chain = chainOf(end);
      yield { ...end, seq: Math.max(end.seq, tail.get(chain)?.seq ?? 0) };
      tail.delete(chain);
    }
    yield* tail.values();
  }

  #tailEnds(): Map<string, ChainEnd> {
    const ends = new Map<string, ChainEnd>();
    for (const entry of this.journal.tail.pages.flatMap(({ entries }) => entries)) {
      const { seq } = entry;
      const end = isMarketEntry(entry)
        ? { marketId: entry.marketId, seq }
        : { accountId: entry.accountId, seq };
      ends.set(chainOf(end), end);
    }
    return ends;
  }

  #tailEntry(chain: string, seq: number): Entry | null {
    return this.journal.tail.entries(chain).find((entry) => entry.seq === seq) ?? null;
  }

  /** The account as its row has it, or as the tail has it since. */
  newer(accountId: string, row: AccountRow | null): Newest {
    const last = this.journal.tail.newest(accountId);
    if (last && last.seq > (row?.seq ?? 0)) return { seq: last.seq, state: last.state };
    return row && { seq: row.seq, state: row.state };
  }

  /** The market as its row has it, or as the tail has it since. */
  newerMarket(marketId: string, row: MarketRow | null): Newest<MarketEntry> {
    const last = this.journal.tail.newestOfMarket(marketId);
    if (last && last.seq > (row?.seq ?? 0)) return { seq: last.seq, state: last.state };
    return row;
  }
}

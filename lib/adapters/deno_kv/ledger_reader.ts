import type { MarketEntry, Newest } from "../../domain/entry.ts";
import { selectionKey, type SelectionRef } from "../../domain/exposure.ts";
import { type HoldFate, isDead } from "../../domain/hold.ts";
import type { KvJournal } from "./kv_journal.ts";
import type { AccountRow, DueHold, ExposureRow, LedgerRows, MarketRow } from "./ledger_rows.ts";

/** A checkpoint in the middle of a read makes it start again; they are far apart. */
const READS_AT_MOST = 20;

/**
 * Reads how accounts, markets, liabilities and holds stand as of the last page known: from the rows and
 * the journal's tail together.
 */
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
    return row && { seq: row.seq, state: row.state };
  }
}

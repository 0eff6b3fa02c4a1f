import type { Entry, Newest } from "../../domain/entry.ts";
import { selectionKey, type SelectionRef } from "../../domain/exposure.ts";
import { type HoldFate, isDead } from "../../domain/hold.ts";
import type { IndexEnd } from "./account_index.ts";
import { KnownRequests } from "./known_requests.ts";
import type { KvJournal } from "./kv_journal.ts";
import type { LedgerMemory } from "./ledger_memory.ts";
import type { AccountRow, DueHold, LedgerRows } from "./ledger_rows.ts";

/** A checkpoint in the middle of a read makes it start again; they are far apart. */
const READS_AT_MOST = 20;

/**
 * Reads the ledger as of the last page known: from memory, else from the rows and the journal's tail
 * together.
 */
export class LedgerReader {
  constructor(
    readonly journal: KvJournal,
    readonly rows: LedgerRows,
    readonly memory: LedgerMemory,
  ) {}

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

  /** Sees to it that accounts are in memory, with every request that they have answered. */
  async knowAccounts(accountIds: readonly string[]): Promise<void> {
    const { accounts } = this.memory;
    await this.steady(async () => {
      const cold = accountIds.filter((accountId) => !accounts.get(accountId));
      const rows = await this.rows.accounts(cold);
      const requests = await Promise.all(rows.map((row, index) => (
        row && this.rows.requests(cold[index] ?? "", row)
      )));
      return cold.map((accountId, index) => ({
        accountId,
        row: rows[index] ?? null,
        requests: requests[index] ?? new KnownRequests(),
      }));
    }, (found) => {
      for (const { accountId, row, requests } of found) {
        const tail = this.journal.tail.entries(accountId);
        for (const { answers } of tail) if (answers) requests.add(answers.requestId);
        const newest = this.#newer(accountId, row);
        accounts.set(accountId, { newest, requests, drawn: row && indexEnd(row) });
      }
    });
  }

  /** Sees to it that the liabilities of selections are in memory. */
  async knowExposures(selections: readonly SelectionRef[]): Promise<void> {
    const { exposures } = this.memory;
    await this.steady(async () => {
      const cold = selections.filter((selection) => !exposures.has(selectionKey(selection)));
      const rows = await this.rows.exposures(cold);
      // Another process may be drawing rows from pages that are not known here: to follow them later
      // would count them twice.
      if (rows.some((row) => row.page > this.journal.last)) await this.journal.sync();
      return { cold, rows };
    }, ({ cold, rows }) => {
      for (const [index, selection] of cold.entries()) {
        const name = selectionKey(selection);
        const row = rows[index];
        if (!row) throw new Error("every exposure asked for has an answer");
        const sinceMinor = this.journal.tail.exposureSince(row.page, name);
        exposures.set(name, row.liabilityMinor + sinceMinor);
      }
    });
  }

  newest(accountId: string): Promise<Newest> {
    return this.steady(
      () => this.rows.accounts([accountId]),
      ([row]) => this.#newer(accountId, row ?? null),
    );
  }

  entry(accountId: string, seq: number): Promise<Entry | null> {
    return this.steady(
      async () => {
        const place = await this.rows.place(accountId, seq);
        return place && ((await this.journal.page(place.page)).entries[place.index] ?? null);
      },
      (drawn) => drawn ?? this.#tailEntry(accountId, seq),
    );
  }

  /** An entry's place among all entries ever, from 1; null when it is not there. */
  number(accountId: string, seq: number): Promise<number | null> {
    return this.steady(async () => {
      const place = await this.rows.place(accountId, seq);
      return place && (await this.journal.page(place.page)).first + place.index;
    }, (drawn) => drawn ?? this.journal.tail.number(accountId, seq));
  }

  async answer(accountId: string, requestId: string): Promise<Entry | null> {
    const { tail } = this.journal;
    const late = tail.answer(accountId, requestId);
    if (late) return late;
    return await this.steady(async () => {
      for await (const { page, index } of this.rows.answering(accountId, requestId)) {
        const entry = (await this.journal.page(page)).entries[index];
        if (entry?.answers?.requestId === requestId) return entry;
      }
      return null;
    }, (drawn) => drawn ?? tail.answer(accountId, requestId) ?? null);
  }

  /** Entries numbered below `before` (all, when null), newest first, at most `limit`. */
  history(
    accountId: string,
    asked: { readonly before: number | null; readonly limit: number },
  ): Promise<readonly Entry[]> {
    const { before, limit } = asked;
    return this.steady(async () => {
      const places = await this.rows.places(accountId, asked);
      return await Promise.all(
        places.slice(0, limit).map(async ({ page, index }) => {
          const entry = (await this.journal.page(page)).entries[index];
          if (!entry) throw new Error(`page ${page} of the journal has no entry ${index}`);
          return entry;
        }),
      );
    }, (older) => {
      const newestRow = older[0]?.seq ?? 0;
      const tail = this.journal.tail.entries(accountId)
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

  /** The newest number of every account. */
  async *newestSeqs(): AsyncIterable<{ readonly accountId: string; readonly seq: number }> {
    // Taken first: what a checkpoint moves to rows meanwhile may stand where the list has passed.
    const tail = this.#tailSeqs();
    for await (const { accountId, seq } of this.rows.allAccounts()) {
      yield { accountId, seq: Math.max(seq, tail.get(accountId) ?? 0) };
      tail.delete(accountId);
    }
    for (const [accountId, seq] of tail) yield { accountId, seq };
  }

  #tailSeqs(): Map<string, number> {
    const seqs = new Map<string, number>();
    for (const { entries } of this.journal.tail.pages) {
      for (const { accountId, seq } of entries) seqs.set(accountId, seq);
    }
    return seqs;
  }

  #tailEntry(accountId: string, seq: number): Entry | null {
    return this.journal.tail.entries(accountId).find((entry) => entry.seq === seq) ?? null;
  }

  #newer(accountId: string, row: AccountRow | null): Newest {
    const last = this.journal.tail.entries(accountId).at(-1);
    if (last && last.seq > (row?.seq ?? 0)) return { seq: last.seq, state: last.state };
    return row && { seq: row.seq, state: row.state };
  }
}

function indexEnd({ seq, recent, run }: AccountRow): IndexEnd {
  return { seq, recent, run };
}

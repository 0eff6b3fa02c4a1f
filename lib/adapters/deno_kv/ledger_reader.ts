import type { Entry, Newest } from "../../domain/entry.ts";
import { selectionKey, type SelectionRef } from "../../domain/exposure.ts";
import type { HoldFate } from "../../domain/hold.ts";
import type { KvJournal } from "./kv_journal.ts";
import type { LedgerMemory } from "./ledger_memory.ts";
import type { AccountRow, LedgerRows } from "./ledger_rows.ts";
import type { KnownAccount } from "./account_memory.ts";

/** Accounts with more requests than this are asked about them one by one. */
const REQUESTS_READ = 1_000;

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
   * the tail to rows that may have been read just before, and they would be in neither.
   */
  async steady<Result>(read: () => Promise<Result>): Promise<Result> {
    for (let reads = 0; reads < READS_AT_MOST; reads++) {
      const { covered } = this.journal;
      const result = await read();
      if (covered === this.journal.covered) return result;
    }
    throw new Error(`a read met ${READS_AT_MOST} checkpoints in a row`);
  }

  /** Sees to it that accounts are in memory. Those who come a second time are known well afterwards. */
  async knowAccounts(accountIds: readonly string[]): Promise<void> {
    const { accounts } = this.memory;
    const cold = accountIds.filter((accountId) => !accounts.get(accountId));
    const warm = accountIds.filter((accountId) => {
      const known = accounts.get(accountId);
      return known && !known.requests && !known.tooMany;
    });
    const [rows] = await Promise.all([
      this.rows.accounts(cold),
      ...warm.map((accountId) => this.#knowRequests(accountId)),
    ]);
    for (const [index, accountId] of cold.entries()) {
      accounts.set(accountId, this.#known(accountId, rows[index] ?? null));
    }
  }

  /** Sees to it that the liabilities of selections are in memory. */
  async knowExposures(selections: readonly SelectionRef[]): Promise<void> {
    const { exposures } = this.memory;
    const cold = selections.filter((selection) => !exposures.has(selectionKey(selection)));
    const rows = await this.rows.exposures(cold);
    for (const [index, selection] of cold.entries()) {
      const name = selectionKey(selection);
      const row = rows[index];
      if (!row) throw new Error("every exposure asked for has an answer");
      const sinceMinor = this.journal.tail.exposureSince(row.page, name);
      exposures.set(name, row.liabilityMinor + sinceMinor);
    }
  }

  newest(accountId: string): Promise<Newest> {
    return this.steady(async () => {
      const [row] = await this.rows.accounts([accountId]);
      return this.#newer(accountId, row ?? null);
    });
  }

  entry(accountId: string, seq: number): Promise<Entry | null> {
    return this.steady(async () => {
      const place = await this.rows.place(accountId, seq);
      if (place) return (await this.journal.page(place.page)).entries[place.index] ?? null;
      return this.journal.tail.entries(accountId).find((entry) => entry.seq === seq) ?? null;
    });
  }

  /** An entry's place among all entries ever, from 1; null when it is not there. */
  number(accountId: string, seq: number): Promise<number | null> {
    return this.steady(async () => {
      const place = await this.rows.place(accountId, seq);
      if (place) return (await this.journal.page(place.page)).first + place.index;
      for (const { first, entries } of this.journal.tail.pages) {
        const index = entries.findIndex((entry) =>
          entry.accountId === accountId && entry.seq === seq
        );
        if (index >= 0) return first + index;
      }
      return null;
    });
  }

  answer(accountId: string, requestId: string): Promise<Entry | null> {
    return this.steady(async () => {
      const seq = await this.rows.request(accountId, requestId);
      if (seq !== null) return await this.entry(accountId, seq);
      return this.journal.tail.answer(accountId, requestId) ?? null;
    });
  }

  /** Entries numbered below `before` (all, when null), newest first, at most `limit`. */
  history(
    accountId: string,
    asked: { readonly before: number | null; readonly limit: number },
  ): Promise<readonly Entry[]> {
    const { before, limit } = asked;
    return this.steady(async () => {
      const places = await this.rows.places(accountId, asked);
      const older = await Promise.all(
        places.slice(0, limit).map(async ({ page, index }) => {
          const entry = (await this.journal.page(page)).entries[index];
          if (!entry) throw new Error(`page ${page} of the journal has no entry ${index}`);
          return entry;
        }),
      );
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
    return this.steady(async () => {
      const fates = new Map<string, HoldFate>();
      for (const fate of await this.rows.holds(asked)) fates.set(fate.hold.id, fate);
      for (const { accountId, holdId } of asked) {
        const fate = this.journal.tail.holdFate(holdId);
        if (fate?.hold.accountId === accountId) fates.set(holdId, fate);
      }
      return fates;
    });
  }

  /** Pending holds that are dead at `atMs`, at most `limit`. */
  dead(
    asked: { readonly atMs: number; readonly limit: number },
  ): Promise<readonly { readonly accountId: string; readonly holdId: string }[]> {
    return this.steady(async () => {
      const { tail } = this.journal;
      const rows = (await this.rows.dead(asked)).filter(({ holdId }) => !tail.holdFate(holdId));
      const fresh = tail.holdFates()
        .filter(({ hold, status }) => status === "pending" && hold.expiresAtMs <= asked.atMs)
        .map(({ hold }) => ({ accountId: hold.accountId, holdId: hold.id }));
      return [...rows, ...fresh].slice(0, asked.limit);
    });
  }

  /** The newest number of every account. */
  async *newestSeqs(): AsyncIterable<{ readonly accountId: string; readonly seq: number }> {
    const seen = new Set<string>();
    for await (const { accountId, seq } of this.rows.allAccounts()) {
      seen.add(accountId);
      yield { accountId, seq: this.journal.tail.entries(accountId).at(-1)?.seq ?? seq };
    }
    for (const { entries } of this.journal.tail.pages) {
      for (const { accountId } of entries) {
        if (seen.has(accountId)) continue;
        seen.add(accountId);
        yield { accountId, seq: this.journal.tail.entries(accountId).at(-1)?.seq ?? 0 };
      }
    }
  }

  #newer(accountId: string, row: AccountRow | null): Newest {
    const last = this.journal.tail.entries(accountId).at(-1);
    if (last && last.seq > (row?.seq ?? 0)) return { seq: last.seq, state: last.state };
    return row && { seq: row.seq, state: row.state };
  }

  #known(accountId: string, row: AccountRow | null): KnownAccount {
    const newest = this.#newer(accountId, row);
    // Without a row, all that the account has is in the tail.
    const drawn = row === null ? [] : row.requests;
    const requests = drawn && new Map([...drawn, ...this.#tailRequests(accountId)]);
    return { newest, requests, tooMany: false };
  }

  async #knowRequests(accountId: string): Promise<void> {
    const requests = await this.rows.requests(accountId, REQUESTS_READ);
    const known = this.memory.accounts.get(accountId);
    if (!known) return;
    if (requests) {
      for (const [requestId, seq] of this.#tailRequests(accountId)) requests.set(requestId, seq);
    }
    this.memory.accounts.set(accountId, { ...known, requests, tooMany: requests === null });
  }

  #tailRequests(accountId: string): Map<string, number> {
    const requests = new Map<string, number>();
    for (const { answers, seq } of this.journal.tail.entries(accountId)) {
      if (answers) requests.set(answers.requestId, seq);
    }
    return requests;
  }
}

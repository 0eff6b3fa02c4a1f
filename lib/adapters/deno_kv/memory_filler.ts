import { selectionKey, type SelectionRef } from "../../domain/exposure.ts";
import type { KnownAccount } from "./account_memory.ts";
import { KnownRequests } from "./known_requests.ts";
import type { LedgerMemory } from "./ledger_memory.ts";
import type { LedgerReader } from "./ledger_reader.ts";
import type { AccountRow } from "./ledger_rows.ts";

/** Accounts with more requests than this are asked about them one by one. */
const REQUESTS_READ = 1_000;

/** Sees to it that what decisions need is in memory, as of the last page known. */
export class MemoryFiller {
  constructor(readonly reader: LedgerReader, readonly memory: LedgerMemory) {}

  /** Sees to it that accounts are in memory. Those who come a second time are known well afterwards. */
  async accounts(accountIds: readonly string[]): Promise<void> {
    const { accounts } = this.memory;
    await this.reader.steady(async () => {
      const cold = accountIds.filter((accountId) => !accounts.get(accountId));
      const warm = accountIds.filter((accountId) => {
        const known = accounts.get(accountId);
        return known && !known.requests && !known.tooMany;
      });
      const [rows, requests] = await Promise.all([
        this.reader.rows.accounts(cold),
        Promise.all(warm.map((accountId) => this.reader.rows.requests(accountId, REQUESTS_READ))),
      ]);
      return { cold, rows, warm, requests };
    }, ({ cold, rows, warm, requests }) => {
      for (const [index, accountId] of cold.entries()) {
        accounts.set(accountId, this.#known(accountId, rows[index] ?? null));
      }
      for (const [index, accountId] of warm.entries()) {
        this.#knowRequests(accountId, requests[index] ?? null);
      }
    });
  }

  /** Sees to it that the liabilities of selections are in memory. */
  async exposures(selections: readonly SelectionRef[]): Promise<void> {
    const { exposures } = this.memory;
    await this.reader.steady(async () => {
      const cold = selections.filter((selection) => !exposures.has(selectionKey(selection)));
      return { cold, rows: await this.reader.exposureRows(cold) };
    }, ({ cold, rows }) => {
      for (const [index, selection] of cold.entries()) {
        exposures.set(selectionKey(selection), this.reader.exposureNow(selection, rows[index]));
      }
    });
  }

  /** Sees to it that markets are in memory. */
  async markets(marketIds: readonly string[]): Promise<void> {
    const { markets } = this.memory;
    await this.reader.steady(async () => {
      const cold = marketIds.filter((marketId) => !markets.has(marketId));
      return { cold, rows: await this.reader.rows.markets(cold) };
    }, ({ cold, rows }) => {
      for (const [index, marketId] of cold.entries()) {
        markets.set(marketId, { newest: this.reader.newerMarket(marketId, rows[index] ?? null) });
      }
    });
  }

  #known(accountId: string, row: AccountRow | null): KnownAccount {
    const newest = this.reader.newer(accountId, row);
    // Without a row, all that the account has is in the tail.
    const drawn = row === null ? [] : row.requests;
    const requests = drawn && new KnownRequests([...drawn, ...this.#tailRequests(accountId)]);
    return { newest, requests, tooMany: false };
  }

  /** Takes note of the requests that the account's rows know; null when they were too many to read. */
  #knowRequests(accountId: string, drawn: ReadonlyMap<string, number> | null): void {
    const known = this.memory.accounts.get(accountId);
    if (!known) return;
    const requests = drawn && new KnownRequests([...drawn, ...this.#tailRequests(accountId)]);
    this.memory.accounts.set(accountId, { ...known, requests, tooMany: requests === null });
  }

  #tailRequests(accountId: string): readonly (readonly [string, number])[] {
    return this.reader.journal.tail.entries(accountId).flatMap(({ answers, seq }) =>
      answers ? [[answers.requestId, seq] as const] : []
    );
  }
}

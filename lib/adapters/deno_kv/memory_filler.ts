import { selectionKey, type SelectionRef } from "../../domain/exposure.ts";
import type { IndexEnd } from "./chain_index.ts";
import { KnownRequests } from "./known_requests.ts";
import type { LedgerMemory } from "./ledger_memory.ts";
import type { LedgerReader } from "./ledger_reader.ts";
import type { AccountRow } from "./ledger_rows.ts";

/** Sees to it that what decisions need is in memory, as of the last page known. */
export class MemoryFiller {
  constructor(readonly reader: LedgerReader, readonly memory: LedgerMemory) {}

  /** Sees to it that accounts are in memory, with every request that they have answered. */
  async accounts(accountIds: readonly string[]): Promise<void> {
    const { accounts } = this.memory;
    const { rows } = this.reader;
    await this.reader.steady(async () => {
      const cold = accountIds.filter((accountId) => !accounts.get(accountId));
      const found = await rows.accounts(cold);
      return await Promise.all(cold.map(async (accountId, index) => {
        const row = found[index] ?? null;
        const requests = row ? await rows.places.requests(accountId, row) : new KnownRequests();
        return { accountId, row, requests };
      }));
    }, (found) => {
      for (const { accountId, row, requests } of found) {
        const tail = this.reader.journal.tail.entries(accountId);
        for (const { answers } of tail) if (answers) requests.add(answers.requestId);
        const newest = this.reader.newer(accountId, row);
        accounts.set(accountId, { newest, requests, drawn: row && endOf(row) });
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
}

function endOf({ seq, recent, run }: AccountRow): IndexEnd {
  return { seq, recent, run };
}

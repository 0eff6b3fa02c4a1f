import type { AccountState } from "../../domain/account.ts";
import type { SelectionRef } from "../../domain/exposure.ts";
import type { HoldFate } from "../../domain/hold.ts";
import type { MarketState } from "../../domain/market.ts";
import type { ChainEnd } from "../../ports/ledger_store.ts";
import type { IndexEnd } from "./chain_index.ts";
import { ChainPlaces } from "./chain_places.ts";
import { getAll } from "./get_all.ts";
import { keys } from "./keys.ts";
import type { KvBackend } from "./kv_backend.ts";

/** Up to which page of the journal the rows tell everything. They may tell more already. */
export interface Checkpoint {
  readonly page: number;
  /** Whether somebody is drawing rows of the pages behind it, or has left off in the middle. */
  readonly drawing: boolean;
}

/** An account as a checkpoint drew it: as of its entry `seq`. */
export interface AccountRow extends IndexEnd {
  readonly state: AccountState;
}

/** A market as a checkpoint drew it: as of its entry `seq`. */
export interface MarketRow extends IndexEnd {
  readonly state: MarketState;
}

/** The liability on a selection, in minor units, as of a page of the journal. */
export interface ExposureRow {
  readonly page: number;
  readonly liabilityMinor: number;
}

/** A pending hold, by the time at which it is dead. */
export interface DueHold {
  readonly expiresAtMs: number;
  readonly accountId: string;
  readonly holdId: string;
}

/** The rows that checkpoints draw from the journal, for reading. */
export class LedgerRows {
  /** Where the entries of chains stand. */
  readonly places: ChainPlaces;

  constructor(readonly kv: Deno.Kv, readonly backend: KvBackend) {
    this.places = new ChainPlaces(kv, backend);
  }

  async accounts(accountIds: readonly string[]): Promise<readonly (AccountRow | null)[]> {
    const rows = await getAll<AccountRow>(this.kv, this.backend, accountIds.map(keys.account));
    return rows.map((row) => row.value);
  }

  async markets(marketIds: readonly string[]): Promise<readonly (MarketRow | null)[]> {
    const rows = await getAll<MarketRow>(this.kv, this.backend, marketIds.map(keys.market));
    return rows.map((row) => row.value);
  }

  async exposures(selections: readonly SelectionRef[]): Promise<readonly ExposureRow[]> {
    const wanted = selections.map((one) => keys.exposure(one.marketId, one.selectionId));
    const rows = await getAll<ExposureRow>(this.kv, this.backend, wanted);
    return rows.map((row) => row.value ?? { page: 0, liabilityMinor: 0 });
  }

  async holds(
    asked: readonly { readonly accountId: string; readonly holdId: string }[],
  ): Promise<readonly HoldFate[]> {
    const wanted = asked.map(({ accountId, holdId }) => keys.hold(accountId, holdId));
    const rows = await getAll<HoldFate>(this.kv, this.backend, wanted);
    return rows.map((row) => row.value).filter((fate) => fate !== null);
  }

  /** Holds that the rows take for pending and that are dead at `atMs`, the longest dead first. */
  async dead(
    asked: { readonly atMs: number; readonly limit: number },
  ): Promise<readonly DueHold[]> {
    const selector = { prefix: keys.allDue(), end: keys.dueAfter(asked.atMs) };
    const rows = await Array.fromAsync(this.kv.list(selector, { limit: asked.limit }));
    return rows.map(({ key }) => ({
      expiresAtMs: Number(key[1]),
      accountId: String(key[2]),
      holdId: String(key[3]),
    }));
  }

  /** Where the chains of all accounts and markets end, as far as rows know. */
  async *chainEnds(): AsyncIterable<ChainEnd> {
    const options = { batchSize: 500 };
    const accounts = this.kv.list<AccountRow>({ prefix: keys.allAccounts() }, options);
    for await (const { key, value } of accounts) {
      yield { accountId: String(key[1]), seq: value.seq };
    }
    const markets = this.kv.list<MarketRow>({ prefix: keys.allMarkets() }, options);
    for await (const { key, value } of markets) yield { marketId: String(key[1]), seq: value.seq };
  }
}

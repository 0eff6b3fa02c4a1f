import type { AccountState } from "../../domain/account.ts";
import type { SelectionRef } from "../../domain/exposure.ts";
import type { HoldFate } from "../../domain/hold.ts";
import type { MarketState } from "../../domain/market.ts";
import type { ChainEnd } from "../../ports/ledger_store.ts";
import { getAll } from "./get_all.ts";
import { keys } from "./keys.ts";
import type { KvBackend } from "./kv_backend.ts";

/** Up to which page of the journal the rows tell everything. They may tell more already. */
export interface Checkpoint {
  readonly page: number;
  /** Whether somebody is drawing rows of the pages behind it, or has left off in the middle. */
  readonly drawing: boolean;
}

/** An account as a checkpoint drew it. */
export interface AccountRow {
  readonly seq: number;
  readonly state: AccountState;
  /**
   * Every request the account has answered, with the entry's number, as long as they are few; null
   * when they are not, or were not all known to who drew the row.
   */
  readonly requests: readonly (readonly [requestId: string, seq: number])[] | null;
}

/** A market as a checkpoint drew it. */
export interface MarketRow {
  readonly seq: number;
  readonly state: MarketState;
}

/** Where a run of a chain's entries stands: page and index of the first, of the second, … */
export type EntriesRow = readonly number[];

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

/** Where one entry stands in the journal. */
export interface EntryPlace {
  readonly page: number;
  readonly index: number;
}

/** The rows that checkpoints draw from the journal, for reading. */
export class LedgerRows {
  constructor(readonly kv: Deno.Kv, readonly backend: KvBackend) {}

  async accounts(accountIds: readonly string[]): Promise<readonly (AccountRow | null)[]> {
    const rows = await getAll<AccountRow>(this.kv, this.backend, accountIds.map(keys.account));
    return rows.map((row) => row.value);
  }

  async markets(marketIds: readonly string[]): Promise<readonly (MarketRow | null)[]> {
    const rows = await getAll<MarketRow>(this.kv, this.backend, marketIds.map(keys.market));
    return rows.map((row) => row.value);
  }

  /** Where an entry stands; null when no row knows it. */
  async place(chain: string, seq: number): Promise<EntryPlace | null> {
    const prefix = keys.chainEntries(chain);
    const selector = { prefix, end: keys.entries(chain, seq + 1) };
    for await (const row of this.kv.list<EntriesRow>(selector, { reverse: true, limit: 1 })) {
      return placesOf(row.value)[seq - Number(row.key.at(-1))] ?? null;
    }
    return null;
  }

  /** Places of the entries numbered below `before` (all, when null), newest first, at least `limit`. */
  async places(
    chain: string,
    asked: { readonly before: number | null; readonly limit: number },
  ): Promise<readonly EntryPlace[]> {
    const { before, limit } = asked;
    const prefix = keys.chainEntries(chain);
    const selector = before === null ? { prefix } : { prefix, end: keys.entries(chain, before) };
    const places: EntryPlace[] = [];
    for await (const row of this.kv.list<EntriesRow>(selector, { reverse: true, limit })) {
      const run = placesOf(row.value);
      const end = before === null ? run.length : before - Number(row.key.at(-1));
      places.push(...run.slice(0, end).reverse());
      if (places.length >= limit) break;
    }
    return places;
  }

  /** Places of the entries numbered `from` and on, in their order, each with its number; at least `limit`. */
  async placesFrom(
    chain: string,
    asked: { readonly from: number; readonly limit: number },
  ): Promise<readonly (EntryPlace & { readonly seq: number })[]> {
    const { from, limit } = asked;
    const prefix = keys.chainEntries(chain);
    let first = from;
    const upTo = { prefix, end: keys.entries(chain, from + 1) };
    for await (const row of this.kv.list<EntriesRow>(upTo, { reverse: true, limit: 1 })) {
      first = Number(row.key.at(-1));
    }
    const places: (EntryPlace & { readonly seq: number })[] = [];
    const selector = { prefix, start: keys.entries(chain, first) };
    for await (const row of this.kv.list<EntriesRow>(selector, { limit })) {
      const run = placesOf(row.value)
        .map((place, index) => ({ ...place, seq: Number(row.key.at(-1)) + index }));
      places.push(...run.filter(({ seq }) => seq >= from));
      if (places.length >= limit) break;
    }
    return places;
  }

  async request(chain: string, requestId: string): Promise<number | null> {
    return (await this.kv.get<number>(keys.request(chain, requestId))).value;
  }

  /** Every request the chain's rows know, or null when they are more than `atMost`. */
  async requests(chain: string, atMost: number): Promise<Map<string, number> | null> {
    const requests = new Map<string, number>();
    const selector = { prefix: keys.requests(chain) };
    const options = { limit: atMost + 1, batchSize: Math.min(atMost + 1, 500) };
    for await (const { key, value } of this.kv.list<number>(selector, options)) {
      requests.set(String(key[2]), value);
    }
    return requests.size > atMost ? null : requests;
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

function placesOf(row: EntriesRow): readonly EntryPlace[] {
  const places: EntryPlace[] = [];
  for (let at = 0; at < row.length; at += 2) {
    places.push({ page: row[at] ?? 0, index: row[at + 1] ?? 0 });
  }
  return places;
}

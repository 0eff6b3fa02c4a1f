import type { AccountState } from "../../domain/account.ts";
import type { SelectionRef } from "../../domain/exposure.ts";
import type { HoldFate } from "../../domain/hold.ts";
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

/** Where a run of an account's entries stands: page and index of the first, of the second, … */
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

  /** Where an entry stands; null when no row knows it. */
  async place(accountId: string, seq: number): Promise<EntryPlace | null> {
    const prefix = keys.accountEntries(accountId);
    const selector = { prefix, end: keys.entries(accountId, seq + 1) };
    for await (const row of this.kv.list<EntriesRow>(selector, { reverse: true, limit: 1 })) {
      return placesOf(row.value)[seq - Number(row.key.at(-1))] ?? null;
    }
    return null;
  }

  /** Places of the entries numbered below `before` (all, when null), newest first, at least `limit`. */
  async places(
    accountId: string,
    asked: { readonly before: number | null; readonly limit: number },
  ): Promise<readonly EntryPlace[]> {
    const { before, limit } = asked;
    const prefix = keys.accountEntries(accountId);
    const selector = before === null
      ? { prefix }
      : { prefix, end: keys.entries(accountId, before) };
    const places: EntryPlace[] = [];
    for await (const row of this.kv.list<EntriesRow>(selector, { reverse: true, limit })) {
      const run = placesOf(row.value);
      const end = before === null ? run.length : before - Number(row.key.at(-1));
      places.push(...run.slice(0, end).reverse());
      if (places.length >= limit) break;
    }
    return places;
  }

  async request(accountId: string, requestId: string): Promise<number | null> {
    return (await this.kv.get<number>(keys.request(accountId, requestId))).value;
  }

  /** Every request the account's rows know, or null when they are more than `atMost`. */
  async requests(accountId: string, atMost: number): Promise<Map<string, number> | null> {
    const requests = new Map<string, number>();
    const selector = { prefix: keys.requests(accountId) };
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

  async *allAccounts(): AsyncIterable<{ readonly accountId: string; readonly seq: number }> {
    const rows = this.kv.list<AccountRow>({ prefix: keys.allAccounts() }, { batchSize: 500 });
    for await (const { key, value } of rows) yield { accountId: String(key[1]), seq: value.seq };
  }
}

function placesOf(row: EntriesRow): readonly EntryPlace[] {
  const places: EntryPlace[] = [];
  for (let at = 0; at < row.length; at += 2) {
    places.push({ page: row[at] ?? 0, index: row[at + 1] ?? 0 });
  }
  return places;
}

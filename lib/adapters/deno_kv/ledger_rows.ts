import type { AccountState } from "../../domain/account.ts";
import type { SelectionRef } from "../../domain/exposure.ts";
import type { HoldFate } from "../../domain/hold.ts";
import { type EntriesRow, firstRecent, type IndexedEntry, type IndexEnd } from "./account_index.ts";
import { getAll } from "./get_all.ts";
import { keys } from "./keys.ts";
import { KnownRequests, requestDigest } from "./known_requests.ts";
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

  async account(accountId: string): Promise<AccountRow | null> {
    return (await this.kv.get<AccountRow>(keys.account(accountId))).value;
  }

  /** The newest run of each account's entries; null where there is none. */
  async openRuns(
    asked: readonly { readonly accountId: string; readonly run: number | null }[],
  ): Promise<readonly (EntriesRow | null)[]> {
    const there = asked.flatMap(({ accountId, run }) => (
      run === null ? [] : [keys.entries(accountId, run)]
    ));
    const rows = (await getAll<EntriesRow>(this.kv, this.backend, there)).values();
    return asked.map(({ run }) => run === null ? null : rows.next().value?.value ?? null);
  }

  /** Where an entry stands; null when no row knows it. */
  async place(accountId: string, seq: number): Promise<EntryPlace | null> {
    const row = await this.account(accountId);
    if (!row || seq > row.seq) return null;
    const recent = row.recent[seq - firstRecent(row)];
    if (recent) return placeOf(recent);
    for await (const run of this.#runs(accountId, { below: seq + 1, limit: 1 })) {
      return placeIn(run.row, seq - run.seq);
    }
    return null;
  }

  /** Places of the entries numbered below `before` (all, when null), newest first, at least `limit`. */
  async places(
    accountId: string,
    asked: { readonly before: number | null; readonly limit: number },
  ): Promise<readonly EntryPlace[]> {
    const { before, limit } = asked;
    const row = await this.account(accountId);
    if (!row) return [];
    const below = Math.min(before ?? Infinity, row.seq + 1);
    const recent = row.recent.slice(0, Math.max(0, below - firstRecent(row)));
    const places = recent.toReversed().map(placeOf);
    const older = Math.min(below, firstRecent(row));
    if (places.length >= limit || older <= 1) return places;
    for await (const run of this.#runs(accountId, { below: older, limit })) {
      // The newest run may tell of recent entries as well.
      const last = Math.min(run.row.digests.length, older - run.seq) - 1;
      for (let at = last; at >= 0; at--) places.push(placeIn(run.row, at));
      if (places.length >= limit) break;
    }
    return places;
  }

  /** Where entries stand that may answer a request, newest first: by digest, so others may be among them. */
  async *answering(accountId: string, requestId: string): AsyncIterable<EntryPlace> {
    const row = await this.account(accountId);
    if (!row) return;
    for (const recent of row.recent.toReversed()) {
      if (recent[2] === requestId) yield placeOf(recent);
    }
    if (row.run === null) return;
    const digest = requestDigest(requestId);
    for await (const run of this.#runs(accountId, { below: firstRecent(row), limit: null })) {
      for (let at = run.row.digests.length - 1; at >= 0; at--) {
        if (run.row.digests[at] === digest) yield placeIn(run.row, at);
      }
    }
  }

  /** Every request that the account's rows know. */
  async requests(accountId: string, row: AccountRow): Promise<KnownRequests> {
    const requests = new KnownRequests();
    if (row.run !== null) {
      for await (const run of this.#runs(accountId, { below: row.seq + 1, limit: null })) {
        for (const digest of run.row.digests) if (digest !== 0) requests.addDigest(digest);
      }
    }
    for (const [, , requestId] of row.recent) if (requestId !== null) requests.add(requestId);
    return requests;
  }

  async *#runs(
    accountId: string,
    asked: { readonly below: number; readonly limit: number | null },
  ): AsyncIterable<{ readonly seq: number; readonly row: EntriesRow }> {
    const { below, limit } = asked;
    const selector = {
      prefix: keys.accountEntries(accountId),
      end: keys.entries(accountId, below),
    };
    const options = { reverse: true, batchSize: 50, ...limit === null ? {} : { limit } };
    for await (const { key, value } of this.kv.list<EntriesRow>(selector, options)) {
      yield { seq: Number(key.at(-1)), row: value };
    }
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

function placeOf([page, index]: IndexedEntry): EntryPlace {
  return { page, index };
}

function placeIn(row: EntriesRow, at: number): EntryPlace {
  return { page: row.places[2 * at] ?? 0, index: row.places[2 * at + 1] ?? 0 };
}

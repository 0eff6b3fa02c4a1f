import { type EntriesRow, firstRecent, type IndexedEntry, type IndexEnd } from "./chain_index.ts";
import { getAll } from "./get_all.ts";
import { keys } from "./keys.ts";
import { KnownRequests, requestDigest } from "./known_requests.ts";
import type { KvBackend } from "./kv_backend.ts";

/** Where one entry stands in the journal. */
export interface EntryPlace {
  readonly page: number;
  readonly index: number;
}

/** A run of entries from number `seq` on. */
interface Run {
  readonly seq: number;
  readonly row: EntriesRow;
}

/** Runs read at once. */
const RUNS_A_READ = 50;

/** Finds where the entries of chains stand, from the rows that checkpoints have drawn. */
export class ChainPlaces {
  constructor(readonly kv: Deno.Kv, readonly backend: KvBackend) {}

  /** The newer end of a chain's index; null when no row knows the chain. */
  async end(chain: string): Promise<IndexEnd | null> {
    return (await this.kv.get<IndexEnd>(keys.owner(chain))).value;
  }

  /** The same of several chains, in their order. */
  async ends(chains: readonly string[]): Promise<readonly (IndexEnd | null)[]> {
    const rows = await getAll<IndexEnd>(this.kv, this.backend, chains.map(keys.owner));
    return rows.map((row) => row.value);
  }

  /** The newest run of each chain; null where there is none. */
  async openRuns(
    asked: readonly { readonly chain: string; readonly run: number | null }[],
  ): Promise<readonly (EntriesRow | null)[]> {
    const there = asked.flatMap(({ chain, run }) => run === null ? [] : [keys.entries(chain, run)]);
    const rows = (await getAll<EntriesRow>(this.kv, this.backend, there)).values();
    return asked.map(({ run }) => run === null ? null : rows.next().value?.value ?? null);
  }

  /** Where an entry stands; null when no row knows it. */
  async place(chain: string, seq: number): Promise<EntryPlace | null> {
    const end = await this.end(chain);
    if (!end || seq > end.seq) return null;
    const recent = end.recent[seq - firstRecent(end)];
    if (recent) return placeOf(recent);
    for await (const run of this.#runsBelow(chain, { seq: seq + 1, limit: 1 })) {
      return placeIn(run, seq);
    }
    return null;
  }

  /** Places of the entries numbered below `before` (all, when null), newest first, at least `limit`. */
  async places(
    chain: string,
    asked: { readonly before: number | null; readonly limit: number },
  ): Promise<readonly EntryPlace[]> {
    const { before, limit } = asked;
    const end = await this.end(chain);
    if (!end) return [];
    const first = firstRecent(end);
    const below = Math.min(before ?? Infinity, end.seq + 1);
    const recent = end.recent.slice(0, Math.max(0, below - first));
    const places: EntryPlace[] = recent.toReversed().map(placeOf);
    if (places.length >= limit) return places;
    // The newest run may tell of recent entries as well.
    const older = Math.min(below, first);
    for await (const run of this.#runsBelow(chain, { seq: older, limit })) {
      const last = Math.min(lastOf(run), older - 1);
      for (let seq = last; seq >= run.seq; seq--) places.push(...[placeIn(run, seq) ?? []].flat());
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
    const end = await this.end(chain);
    if (!end) return [];
    const first = firstRecent(end);
    const places: (EntryPlace & { readonly seq: number })[] = [];
    const older = from < first ? this.#runsFrom(chain, { seq: from, limit }) : [];
    for await (const run of older) {
      for (let seq = Math.max(from, run.seq); seq <= Math.min(lastOf(run), first - 1); seq++) {
        const place = placeIn(run, seq);
        if (place) places.push({ ...place, seq });
      }
      if (places.length >= limit) return places;
    }
    for (const [index, recent] of end.recent.entries()) {
      const seq = first + index;
      if (seq >= from) places.push({ ...placeOf(recent), seq });
    }
    return places;
  }

  /** Where entries stand that may answer a request, newest first: runs know it by its digest only. */
  async *answering(chain: string, requestId: string): AsyncIterable<EntryPlace> {
    const end = await this.end(chain);
    if (!end) return;
    for (const recent of end.recent.toReversed()) {
      if (recent[2] === requestId) yield placeOf(recent);
    }
    const digest = requestDigest(requestId);
    for await (const run of this.#runs(chain, end)) {
      for (const [index, answered] of run.row.digests.entries()) {
        const place = answered === digest && placeIn(run, run.seq + index);
        if (place) yield place;
      }
    }
  }

  /** Every request that the chain has answered, as far as its rows know. */
  async requests(chain: string, end: IndexEnd): Promise<KnownRequests> {
    const requests = new KnownRequests();
    for await (const { row } of this.#runs(chain, end)) {
      for (const digest of row.digests) if (digest !== 0) requests.addDigest(digest);
    }
    for (const [, , requestId] of end.recent) if (requestId !== null) requests.add(requestId);
    return requests;
  }

  /** All runs, newest first; nothing is read where there are none. */
  async *#runs(chain: string, { run, seq }: IndexEnd): AsyncIterable<Run> {
    if (run !== null) yield* this.#runsBelow(chain, { seq: seq + 1, limit: null });
  }

  /** Runs that begin below `seq`, newest first. */
  async *#runsBelow(
    chain: string,
    asked: { readonly seq: number; readonly limit: number | null },
  ): AsyncIterable<Run> {
    const selector = { prefix: keys.chainEntries(chain), end: keys.entries(chain, asked.seq) };
    const limit = asked.limit === null ? {} : { limit: asked.limit };
    const options = { reverse: true, batchSize: RUNS_A_READ, ...limit };
    for await (const { key, value } of this.kv.list<EntriesRow>(selector, options)) {
      yield { seq: Number(key.at(-1)), row: value };
    }
  }

  /** The run that holds `seq`, and those behind it, oldest first. */
  async *#runsFrom(
    chain: string,
    asked: { readonly seq: number; readonly limit: number },
  ): AsyncIterable<Run> {
    let first = asked.seq;
    for await (const run of this.#runsBelow(chain, { seq: asked.seq + 1, limit: 1 })) {
      first = run.seq;
    }
    const selector = { prefix: keys.chainEntries(chain), start: keys.entries(chain, first) };
    const options = { limit: asked.limit, batchSize: RUNS_A_READ };
    for await (const { key, value } of this.kv.list<EntriesRow>(selector, options)) {
      yield { seq: Number(key.at(-1)), row: value };
    }
  }
}

function placeOf([page, index]: IndexedEntry): EntryPlace {
  return { page, index };
}

/** Number of the last entry that a run tells of. */
function lastOf({ seq, row }: Run): number {
  return seq + row.digests.length - 1;
}

function placeIn({ seq: first, row }: Run, seq: number): EntryPlace | null {
  const [page, index] = row.places.subarray(2 * (seq - first));
  return page === undefined || index === undefined ? null : { page, index };
}

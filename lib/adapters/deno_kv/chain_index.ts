import { requestDigest } from "./known_requests.ts";

/** Where an entry of a chain stands in the journal, and the id of the request that it answers. */
export type IndexedEntry = readonly [page: number, index: number, requestId: string | null];

/** The newer end of a chain's index, as the row of its account or market has it. */
export interface IndexEnd {
  /** Number of the chain's newest entry that the index knows. */
  readonly seq: number;
  /** The newest entries, of which no run tells, oldest first; the last one is `seq`. */
  readonly recent: readonly IndexedEntry[];
  /** Number of the first entry of the newest run; null before there is one. */
  readonly run: number | null;
}

/** A run of a chain's entries, from the number in its key on. */
export interface EntriesRow {
  /** Page and index of the first entry, of the second, … */
  readonly places: Float64Array;
  /** The `requestDigest` that each answers; 0 for what answers none. */
  readonly digests: Float64Array;
}

/** So many entries the row of an account or market tells of; more of them go into a run. */
export const RECENT_ENTRIES = 16;

/** A run is written anew as it grows, up to this length: about 6 kB. */
export const RUN_ENTRIES = 256;

/** The index of a chain without entries. */
export const EMPTY_INDEX: IndexEnd = { seq: 0, recent: [], run: null };

/** Number of the first entry that `recent` tells of. */
export function firstRecent({ seq, recent }: IndexEnd): number {
  return seq - recent.length + 1;
}

/** Whether so many more entries would be too many for that row. */
export function overflows(end: IndexEnd, more: number): boolean {
  return end.recent.length + more > RECENT_ENTRIES;
}

/** The index with the entries that follow, as long as that row takes them. */
export function withRecent(end: IndexEnd, next: readonly IndexedEntry[]): IndexEnd {
  return { ...end, seq: end.seq + next.length, recent: [...end.recent, ...next] };
}

/**
 * Moves all recent entries into runs: the newest run, whose row is `open` (null when there is none), is
 * filled first. Only what is not in it yet is added, so that it may be done again.
 */
export function intoRuns(
  end: IndexEnd,
  open: EntriesRow | null,
): {
  readonly end: IndexEnd;
  readonly runs: readonly { readonly seq: number; readonly row: EntriesRow }[];
} {
  const first = end.run ?? firstRecent(end);
  const known = open ? open.digests.length : 0;
  const added = end.recent.slice(first + known - firstRecent(end));
  const places = [...open?.places ?? [], ...added.flatMap(([page, index]) => [page, index])];
  const digests = [...open?.digests ?? [], ...added.map(([, , requestId]) => digestOf(requestId))];
  const runs: { seq: number; row: EntriesRow }[] = [];
  for (let start = 0; start < digests.length; start += RUN_ENTRIES) {
    // What is full already stays as it is.
    if (start + RUN_ENTRIES <= known) continue;
    const stop = start + RUN_ENTRIES;
    const row = {
      places: Float64Array.from(places.slice(2 * start, 2 * stop)),
      digests: Float64Array.from(digests.slice(start, stop)),
    };
    runs.push({ seq: first + start, row });
  }
  const run = runs.at(-1)?.seq ?? end.run;
  return { end: { seq: end.seq, recent: [], run }, runs };
}

function digestOf(requestId: string | null): number {
  return requestId === null ? 0 : requestDigest(requestId);
}

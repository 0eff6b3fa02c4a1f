import type { StoredValue } from "./stored_value.ts";

/** One stored key: as it was given, what stands under it, and when it was written. */
export interface Row {
  readonly text: string;
  readonly key: Deno.KvKey;
  readonly stored: StoredValue;
  readonly versionstamp: string;
  /** The row may be removed from here on; null keeps it. */
  readonly expiresAtMs: number | null;
}

/** A stretch of keys by their texts, from `start` up to but not including `end`. */
export interface Stretch {
  readonly start: string;
  readonly end: string;
  readonly limit: number;
  readonly reverse: boolean;
}

/** Above it a chunk is split in two: short enough to insert into, long enough to be few. */
const CHUNK_LENGTH = 256;

/** Rows found by their text at once, and read in order by stretches. */
export class SortedRows {
  readonly #rows = new Map<string, Row>();
  /** All texts in order, in chunks; none is empty, but for the only one. */
  readonly #chunks: string[][] = [[]];

  get size(): number {
    return this.#rows.size;
  }

  get(text: string): Row | undefined {
    return this.#rows.get(text);
  }

  values(): Iterable<Row> {
    return this.#rows.values();
  }

  put(row: Row): void {
    if (!this.#rows.has(row.text)) this.#insert(row.text);
    this.#rows.set(row.text, row);
  }

  remove(text: string): void {
    if (!this.#rows.delete(text)) return;
    const chunkIndex = this.#chunkFor(text);
    const chunk = this.#chunks[chunkIndex] ?? [];
    chunk.splice(firstAtLeast(chunk, text), 1);
    if (chunk.length === 0 && this.#chunks.length > 1) this.#chunks.splice(chunkIndex, 1);
  }

  range(stretch: Stretch): Row[] {
    return stretch.reverse ? this.#backwards(stretch) : this.#forwards(stretch);
  }

  #forwards({ start, end, limit }: Stretch): Row[] {
    const found: Row[] = [];
    let chunkIndex = this.#chunkFor(start);
    let index = firstAtLeast(this.#chunks[chunkIndex] ?? [], start);
    while (found.length < limit && chunkIndex < this.#chunks.length) {
      const text = this.#chunks[chunkIndex]?.[index];
      if (text === undefined) {
        chunkIndex++;
        index = 0;
        continue;
      }
      if (text >= end) break;
      this.#collect(found, text);
      index++;
    }
    return found;
  }

  #backwards({ start, end, limit }: Stretch): Row[] {
    const found: Row[] = [];
    let chunkIndex = this.#chunkFor(end);
    let index = firstAtLeast(this.#chunks[chunkIndex] ?? [], end) - 1;
    while (found.length < limit && chunkIndex >= 0) {
      const text = this.#chunks[chunkIndex]?.[index];
      if (text === undefined) {
        chunkIndex--;
        index = (this.#chunks[chunkIndex]?.length ?? 0) - 1;
        continue;
      }
      if (text < start) break;
      this.#collect(found, text);
      index--;
    }
    return found;
  }

  #collect(found: Row[], text: string): void {
    const row = this.#rows.get(text);
    if (row) found.push(row);
  }

  #insert(text: string): void {
    const chunkIndex = this.#chunkFor(text);
    const chunk = this.#chunks[chunkIndex] ?? [];
    chunk.splice(firstAtLeast(chunk, text), 0, text);
    if (chunk.length > CHUNK_LENGTH) {
      this.#chunks.splice(chunkIndex + 1, 0, chunk.splice(CHUNK_LENGTH / 2));
    }
  }

  /** The last chunk that starts at or before the text, or the first one. */
  #chunkFor(text: string): number {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      const first = this.#chunks[middle]?.[0];
      if (first !== undefined && first <= text) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function firstAtLeast(sorted: readonly string[], text: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const there = sorted[middle];
    if (there !== undefined && there < text) low = middle + 1;
    else high = middle;
  }
  return low;
}

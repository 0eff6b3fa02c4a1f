import { chainOf } from "../../domain/chain.ts";
import { type Entry, isMarketEntry } from "../../domain/entry.ts";
import type { ChainEnd } from "../../ports/ledger_store.ts";
import type { LedgerReader } from "./ledger_reader.ts";

/** Reads the entries of chains as of the last page known: from the rows and the journal's tail together. */
export class ChainReader {
  constructor(readonly reader: LedgerReader) {}

  /** One entry by its number; null when the chain has none. */
  entry(chain: string, seq: number): Promise<Entry | null> {
    return this.reader.steady(
      async () => {
        const place = await this.reader.rows.places.place(chain, seq);
        return place && ((await this.reader.journal.page(place.page)).entries[place.index] ?? null);
      },
      (drawn) => drawn ?? this.#tailEntry(chain, seq),
    );
  }

  /** An entry's place among all entries ever, from 1; null when it is not there. */
  number(chain: string, seq: number): Promise<number | null> {
    return this.reader.steady(async () => {
      const place = await this.reader.rows.places.place(chain, seq);
      return place && (await this.reader.journal.page(place.page)).first + place.index;
    }, (drawn) => drawn ?? this.reader.journal.tail.number(chain, seq));
  }

  /** The places of a chain's entries that are above `after`, in their order, at most `limit`. */
  async numbersBehind(
    chain: string,
    asked: { readonly after: number; readonly limit: number },
  ): Promise<readonly number[]> {
    const from = asked.after === 0 ? 1 : await this.#firstBehind(chain, asked.after);
    return await this.#numbers(chain, { from, limit: asked.limit });
  }

  /** The chain's first entry whose place is above `after`, by halving: both only go up. */
  async #firstBehind(chain: string, after: number): Promise<number> {
    const [last] = await this.history(chain, { before: null, limit: 1 });
    let low = 1;
    let high = (last?.seq ?? 0) + 1;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const number = await this.number(chain, middle);
      if (number === null || number > after) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The places of a chain's entries numbered `from` and on, at most `limit`. */
  #numbers(
    chain: string,
    asked: { readonly from: number; readonly limit: number },
  ): Promise<readonly number[]> {
    const { tail } = this.reader.journal;
    return this.reader.steady(async () => {
      const places = await this.reader.rows.places.placesFrom(chain, asked);
      return await Promise.all(
        places.slice(0, asked.limit).map(async ({ page, index, seq }) => ({
          seq,
          number: (await this.reader.journal.page(page)).first + index,
        })),
      );
    }, (drawn) => {
      const next = Math.max(asked.from, (drawn.at(-1)?.seq ?? 0) + 1);
      const fresh = tail.entries(chain).filter(({ seq }) => seq >= next)
        .flatMap(({ seq }) => tail.number(chain, seq) ?? []);
      return [...drawn.map(({ number }) => number), ...fresh].slice(0, asked.limit);
    });
  }

  /** The entry that answers a request id of a chain; null when none does. */
  async answer(chain: string, requestId: string): Promise<Entry | null> {
    const { journal, rows } = this.reader;
    const late = journal.tail.answer(chain, requestId);
    if (late) return late;
    return await this.reader.steady(async () => {
      for await (const { page, index } of rows.places.answering(chain, requestId)) {
        const entry = (await journal.page(page)).entries[index];
        if (entry?.answers?.requestId === requestId) return entry;
      }
      return null;
    }, (drawn) => drawn ?? journal.tail.answer(chain, requestId) ?? null);
  }

  /** A chain's entries numbered below `before` (all, when null), newest first, at most `limit`. */
  history(
    chain: string,
    asked: { readonly before: number | null; readonly limit: number },
  ): Promise<readonly Entry[]> {
    const { before, limit } = asked;
    return this.reader.steady(async () => {
      const places = await this.reader.rows.places.places(chain, asked);
      return await Promise.all(
        places.slice(0, limit).map(async ({ page, index }) => {
          const entry = (await this.reader.journal.page(page)).entries[index];
          if (!entry) throw new Error(`page ${page} of the journal has no entry ${index}`);
          return entry;
        }),
      );
    }, (older) => {
      const newestRow = older[0]?.seq ?? 0;
      const tail = this.reader.journal.tail.entries(chain)
        .filter(({ seq }) => seq > newestRow && (before === null || seq < before));
      return [...tail.toReversed(), ...older].slice(0, limit);
    });
  }

  /** Where every chain ends. */
  async *chainEnds(): AsyncIterable<ChainEnd> {
    // Taken first: what a checkpoint moves to rows meanwhile may stand where the list has passed.
    const tail = this.#tailEnds();
    for await (const end of this.reader.rows.chainEnds()) {
      const chain = chainOf(end);
      yield { ...end, seq: Math.max(end.seq, tail.get(chain)?.seq ?? 0) };
      tail.delete(chain);
    }
    yield* tail.values();
  }

  #tailEnds(): Map<string, ChainEnd> {
    const ends = new Map<string, ChainEnd>();
    for (const entry of this.reader.journal.tail.pages.flatMap(({ entries }) => entries)) {
      const { seq } = entry;
      const end = isMarketEntry(entry)
        ? { marketId: entry.marketId, seq }
        : { accountId: entry.accountId, seq };
      ends.set(chainOf(end), end);
    }
    return ends;
  }

  #tailEntry(chain: string, seq: number): Entry | null {
    return this.reader.journal.tail.entries(chain).find((entry) => entry.seq === seq) ?? null;
  }
}

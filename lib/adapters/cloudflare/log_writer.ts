import { extend, type Head, type StoredRecord } from "../../audit/chain.ts";
import { sameBytes, type Sha256 } from "../../audit/hash.ts";
import { decodeRecord, draftOf, entryOf, type RecordDraft } from "../../audit/record.ts";
import { chainOf } from "../../domain/chain.ts";
import type { Entry } from "../../domain/entry.ts";
import type { CommitOutcome } from "../../ports/commit_outcome.ts";
import type { LogGap } from "./log_calls.ts";
import type { ChainRecord, LogTables } from "./log_tables.ts";
import { openedParcel, type Parcel, type Standing, standingBy } from "./parcel.ts";
import type { ObjectStorage } from "./platform.ts";

/**
 * The one writer of the log, inside its object. However often and in whatever order entries arrive, each
 * makes one record, in its chain's order, and what is looked at and written is one transaction.
 */
export class LogWriter {
  constructor(
    readonly parts: {
      readonly storage: ObjectStorage;
      readonly tables: LogTables;
      readonly sha256: Sha256;
    },
  ) {}

  /**
   * Takes what comes next of each chain, in the order in which the parcels are given. Answers the chains
   * of which an earlier entry is missing, and the reservations that all these entries are the end of.
   */
  take(
    parcels: readonly Parcel[],
  ): { readonly gaps: readonly LogGap[]; readonly standing: readonly Standing[] } {
    const opened = parcels.map(openedParcel);
    const standing = opened.flatMap(({ entry, attempt }) => standingBy(entry, attempt) ?? []);
    const entries = inOrder(opened.map(({ entry }) => entry));
    const gaps = this.#writing((tables) => {
      const next = new NextOfChains(tables);
      const drafts: RecordDraft[] = [];
      const early = new Map<string, LogGap>();
      for (const entry of entries) {
        const chain = chainOf(entry);
        const verdict = next.take(chain, entry.seq);
        if (verdict === "next") drafts.push(draftOf(entry));
        if (verdict === "early") {
          early.set(chain, { chain, after: next.reached(chain) });
        }
      }
      const { records } = extend(this.parts.sha256, tables.head(), drafts);
      tables.append(
        records.map((record, index) => named(record, drafts[index])),
      );
      return [...early.values()];
    });
    return { gaps, standing };
  }

  /** Appends records that somebody else made, if nothing was appended since. */
  append(before: Head, records: readonly StoredRecord[]): CommitOutcome {
    const own = records.map((record) => named(record, decodeRecord(record.bytes)));
    return this.#writing((tables) => {
      const head = tables.head();
      if (head.size !== before.size || !sameBytes(head.hash, before.hash)) {
        return "conflict";
      }
      const next = new NextOfChains(tables);
      if (
        !own.every(({ chain, chainSeq }) => next.take(chain, chainSeq) === "next")
      ) {
        return "conflict";
      }
      tables.append(own);
      return "committed";
    });
  }

  #writing<Result>(write: (tables: LogTables) => Result): Result {
    const { storage, tables } = this.parts;
    try {
      return storage.transactionSync(() => write(tables));
    } catch (error) {
      tables.forget();
      throw error;
    }
  }
}

/** How far each chain has come, while entries are added to it. */
class NextOfChains {
  readonly #reached = new Map<string, number>();

  constructor(readonly tables: LogTables) {}

  reached(chain: string): number {
    return this.#reached.get(chain) ?? this.tables.reached(chain);
  }

  take(chain: string, seq: number): "next" | "known" | "early" {
    const reached = this.reached(chain);
    if (seq <= reached) return "known";
    if (seq > reached + 1) return "early";
    this.#reached.set(chain, seq);
    return "next";
  }
}

/** Each chain's entries in its own order, at the places that its entries have among all. */
function inOrder(entries: readonly Entry[]): readonly Entry[] {
  const chains = new Map<string, Entry[]>();
  for (const entry of entries) {
    const own = chains.get(chainOf(entry));
    if (own) own.push(entry);
    else chains.set(chainOf(entry), [entry]);
  }
  for (const own of chains.values()) own.sort((a, b) => b.seq - a.seq);
  return entries.map((entry) => chains.get(chainOf(entry))?.pop() ?? entry);
}

function named(
  record: StoredRecord,
  draft: RecordDraft | undefined,
): ChainRecord {
  if (!draft) throw new Error(`record ${record.seq} was made of nothing`);
  const { chain, seq: chainSeq } = entryOf(draft);
  return { record, chain, chainSeq };
}

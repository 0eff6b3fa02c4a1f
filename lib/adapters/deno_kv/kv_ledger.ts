import type { Entry, MarketEntry, Newest } from "../../domain/entry.ts";
import type { SelectionRef } from "../../domain/exposure.ts";
import type { CommitOutcome } from "../../ports/commit_outcome.ts";
import type { ChainEnd, LedgerQuery, LedgerStore, LedgerView } from "../../ports/ledger_store.ts";
import { AnswerLookup } from "./answer_lookup.ts";
import { ChainReader } from "./chain_reader.ts";
import { commitAtomic } from "./commit_atomic.ts";
import { fitting } from "./fitting.ts";
import type { KvBackend } from "./kv_backend.ts";
import { KvJournal } from "./kv_journal.ts";
import { LedgerMemory } from "./ledger_memory.ts";
import { LedgerReader } from "./ledger_reader.ts";
import { LedgerRows } from "./ledger_rows.ts";
import { LedgerViewer, type Versions } from "./ledger_viewer.ts";
import { MemoryFiller } from "./memory_filler.ts";
import { Underway } from "./underway.ts";
import { EXPIRE_HOLDS, WAKE_UP } from "./wake_up.ts";

/** The ledger in Deno KV: a journal of commits, and rows that checkpoints draw from it. */
export class KvLedger implements LedgerStore {
  readonly journal: KvJournal;
  readonly rows: LedgerRows;
  readonly #reader: LedgerReader;
  readonly #chains: ChainReader;
  readonly #filler: MemoryFiller;
  readonly #viewer: LedgerViewer;
  /** Whether a wake-up is on its way in the queue; the next one would say the same. */
  #wakeUpSent = false;
  /** The commit that was sent last. */
  #underway: Underway | null = null;

  /** `wake` is called after a commit where the backend has no queue to carry the wake-up. */
  constructor(
    readonly kv: Deno.Kv,
    readonly backend: KvBackend,
    readonly wake: () => void,
    readonly memory: LedgerMemory = new LedgerMemory(),
  ) {
    this.journal = new KvJournal(kv, memory);
    this.rows = new LedgerRows(kv, backend);
    this.#reader = new LedgerReader(this.journal, this.rows);
    this.#chains = new ChainReader(this.#reader);
    this.#filler = new MemoryFiller(this.#reader, memory);
    const answers = new AnswerLookup(this.#chains, memory);
    this.#viewer = new LedgerViewer(this.#reader, answers, this.#filler);
  }

  fits(queries: readonly LedgerQuery[]): number {
    return fitting(this.backend, queries);
  }

  async view(
    queries: readonly LedgerQuery[],
    how: { readonly fresh: boolean },
  ): Promise<LedgerView> {
    if (how.fresh) await this.journal.sync();
    else await this.journal.open();
    return await this.#viewer.view(queries);
  }

  async foresee(queries: readonly LedgerQuery[]): Promise<LedgerView | null> {
    const underway = this.#underway;
    return underway && await this.#viewer.view(queries, underway);
  }

  async commit(view: LedgerView, entries: readonly Entry[]): Promise<CommitOutcome> {
    const { page, behind } = view.versions as Versions;
    if (behind && behind.outcome !== "committed") return "conflict";
    const appended = this.journal.append(page, entries);
    if (!appended) return "conflict";
    const { atomic, to } = appended;
    const underway = this.#underway = new Underway(page, to, entries);
    const wakes = this.#enqueue(atomic, entries);
    // Before the answer: the queue may deliver the message sooner than the store answers.
    this.#wakeUpSent ||= wakes;
    const { outcome } = await commitAtomic(atomic);
    underway.outcome = outcome;
    if (outcome !== "committed") {
      if (wakes) this.#wakeUpSent = false;
      return outcome;
    }
    appended.committed();
    if (!this.backend.queues) this.wake();
    return "committed";
  }

  /** The queue has delivered: the next commit sends a wake-up again. A lost one costs a sweep's time. */
  wakeUpHeard(): void {
    this.#wakeUpSent = false;
  }

  /** How many entries there are. */
  async size(): Promise<number> {
    await this.journal.sync();
    return this.journal.size;
  }

  /** An entry's place among all entries, which is its number in the log; null when it is not there. */
  async number(chain: string, seq: number): Promise<number | null> {
    await this.journal.sync();
    return await this.#chains.number(chain, seq);
  }

  /**
   * The places of the chain's entries whose place is above `after`, in their order, at most `limit`, as
   * far as this process knows the journal: `size` brings it up to date.
   */
  async numbersBehind(
    chain: string,
    asked: { readonly after: number; readonly limit: number },
  ): Promise<readonly number[]> {
    return await this.#chains.numbersBehind(chain, asked);
  }

  async newest(accountId: string): Promise<Newest> {
    await this.journal.sync();
    return await this.#reader.newest(accountId);
  }

  async markets(marketIds: readonly string[]): Promise<readonly Newest<MarketEntry>[]> {
    await this.journal.sync();
    return await this.#reader.markets(marketIds);
  }

  async entry(chain: string, seq: number): Promise<Entry | null> {
    await this.journal.sync();
    return await this.#chains.entry(chain, seq);
  }

  async answer(chain: string, requestId: string): Promise<Entry | null> {
    await this.journal.sync();
    if (this.memory.accounts.get(chain)?.requests?.has(requestId) === false) return null;
    return await this.#chains.answer(chain, requestId);
  }

  async history(
    chain: string,
    page: { readonly before: number | null; readonly limit: number },
  ): Promise<readonly Entry[]> {
    await this.journal.sync();
    return await this.#chains.history(chain, page);
  }

  async *chainEnds(): AsyncIterable<ChainEnd> {
    await this.journal.sync();
    yield* this.#chains.chainEnds();
  }

  async deadHolds(
    asked: { readonly atMs: number; readonly limit: number },
  ): Promise<readonly { readonly accountId: string; readonly holdId: string }[]> {
    await this.journal.sync();
    return await this.#reader.dead(asked);
  }

  async exposures(selections: readonly SelectionRef[]): Promise<readonly number[]> {
    await this.journal.sync();
    return await this.#reader.exposures(selections);
  }

  /** Sends the messages of a commit with it; answers whether one of them wakes the log's writer. */
  #enqueue(atomic: Deno.AtomicOperation, entries: readonly Entry[]): boolean {
    if (!this.backend.queues) return false;
    for (const { event } of entries) {
      if (event.type !== "hold.authorised") continue;
      const { expiresAtMs, authorisedAtMs } = event.hold;
      atomic.enqueue(EXPIRE_HOLDS, { delay: expiresAtMs - authorisedAtMs });
    }
    if (this.#wakeUpSent) return false;
    atomic.enqueue(WAKE_UP);
    return true;
  }
}

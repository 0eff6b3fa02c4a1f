import { draftOf } from "../../audit/record.ts";
import type { Entry } from "../../domain/entry.ts";
import { nextSeq } from "../../domain/entry.ts";
import type { MarketState } from "../../domain/market.ts";
import type { CommitOutcome } from "../../ports/commit_outcome.ts";
import type { LedgerQuery, LedgerStore, LedgerView } from "../../ports/ledger_store.ts";
import { commitAtomic } from "./commit_atomic.ts";
import { getAll } from "./get_all.ts";
import { keys } from "./keys.ts";
import type { KvBackend } from "./kv_backend.ts";
import { WAKE_UP } from "./wake_up.ts";

/**
 * The ledger in Deno KV. The account's next empty slot is its lock: an entry is written only where
 * there is none yet, so two decisions about one account can never both be stored.
 */
export class KvLedger implements LedgerStore {
  /** `wake` is called after a commit where the backend has no queue to carry the wake-up. */
  constructor(
    readonly kv: Deno.Kv,
    readonly backend: KvBackend,
    readonly wake: () => void = () => {},
  ) {}

  async view(query: LedgerQuery): Promise<LedgerView> {
    const { accountId, requestId, marketIds } = query;
    const [newest, answered, found] = await Promise.all([
      this.newest(accountId),
      requestId === null ? null : this.answer(accountId, requestId),
      getAll<MarketState>(this.kv, this.backend, marketIds.map(keys.market)),
    ]);
    const markets = new Map<string, MarketState>();
    for (const { value } of found) if (value) markets.set(value.id, value);
    return { query, newest, answered, markets, versions: found };
  }

  async commit(view: LedgerView, entries: readonly Entry[]): Promise<CommitOutcome> {
    const { accountId, requestId } = view.query;
    const atomic = this.kv.atomic()
      .check({ key: keys.entry(accountId, nextSeq(view.newest)), versionstamp: null })
      .check(...view.versions as Deno.KvEntryMaybe<MarketState>[]);
    if (requestId !== null) {
      atomic.check({ key: keys.request(accountId, requestId), versionstamp: null });
    }
    for (const entry of entries) {
      atomic.set(keys.entry(accountId, entry.seq), entry);
      atomic.set(keys.outbox(accountId, entry.seq), draftOf(entry));
      if (entry.answers) atomic.set(keys.request(accountId, entry.answers.requestId), entry.seq);
    }
    if (this.backend.queues) atomic.enqueue(WAKE_UP);
    const outcome = await commitAtomic(atomic);
    if (outcome === "committed" && !this.backend.queues) this.wake();
    return outcome;
  }

  async newest(accountId: string): Promise<Entry | null> {
    const selector = { prefix: keys.chain(accountId) };
    for await (const row of this.kv.list<Entry>(selector, { reverse: true, limit: 1 })) {
      return row.value;
    }
    return null;
  }

  async entry(accountId: string, seq: number): Promise<Entry | null> {
    return (await this.kv.get<Entry>(keys.entry(accountId, seq))).value;
  }

  async answer(accountId: string, requestId: string): Promise<Entry | null> {
    const { value: seq } = await this.kv.get<number>(keys.request(accountId, requestId));
    return seq === null ? null : await this.entry(accountId, seq);
  }

  async history(
    accountId: string,
    page: { readonly before: number | null; readonly limit: number },
  ): Promise<readonly Entry[]> {
    const prefix = keys.chain(accountId);
    const selector = page.before === null
      ? { prefix }
      : { prefix, end: keys.entry(accountId, page.before) };
    const rows = this.kv.list<Entry>(selector, { reverse: true, limit: page.limit });
    return await Array.fromAsync(rows, (row) => row.value);
  }

  /** Two short reads an account, however long its chain: its first key, then its newest entry. */
  async *newestSeqs(): AsyncIterable<{ readonly accountId: string; readonly seq: number }> {
    const prefix = keys.allChains();
    let accountId = await this.#firstAccount({ prefix });
    while (accountId !== null) {
      const newest = await this.newest(accountId);
      if (newest) yield { accountId, seq: newest.seq };
      accountId = await this.#firstAccount({ prefix, start: keys.behindChain(accountId) });
    }
  }

  async #firstAccount(selector: Deno.KvListSelector): Promise<string | null> {
    for await (const row of this.kv.list<Entry>(selector, { limit: 1 })) return row.value.accountId;
    return null;
  }
}

import { chainOf } from "../../domain/chain.ts";
import type { Entry } from "../../domain/entry.ts";
import {
  type AccountQuery,
  type LedgerQuery,
  type MarketQuery,
  requestKey,
} from "../../ports/ledger_store.ts";
import type { ChainReader } from "./chain_reader.ts";
import type { LedgerMemory } from "./ledger_memory.ts";
import type { Underway } from "./underway.ts";

/** Entries that answer requests, by `requestKey`. */
export type Answers = ReadonlyMap<string, Entry>;

/** Looks up which requests were answered. */
export class AnswerLookup {
  constructor(readonly chains: ChainReader, readonly memory: LedgerMemory) {}

  /** Answers to requests of accounts, which are in memory: only what they may have answered is read. */
  async ofAccounts(
    queries: readonly AccountQuery[],
  ): Promise<readonly (readonly [string, Entry])[]> {
    const answers: (readonly [string, Entry])[] = [];
    await Promise.all(queries.map(async ({ accountId, requestId }) => {
      if (requestId === null) return;
      const known = this.memory.accounts.get(accountId)?.requests;
      if (known && !known.has(requestId)) return;
      const entry = await this.chains.answer(accountId, requestId);
      if (entry) answers.push([requestKey(accountId, requestId), entry]);
    }));
    return answers;
  }

  /** Answers to requests of markets: traders are few, so each is looked up. */
  async ofMarkets(
    queries: readonly MarketQuery[],
  ): Promise<readonly (readonly [string, Entry])[]> {
    const answers = await Promise.all(queries.map(async (query) => {
      if (query.requestId === null) return [];
      const chain = chainOf(query);
      const entry = await this.chains.answer(chain, query.requestId);
      return entry ? [[requestKey(chain, query.requestId), entry] as const] : [];
    }));
    return answers.flat();
  }

  /** The answers that were found, and those that have come since. */
  since(
    queries: readonly LedgerQuery[],
    found: { readonly answers: Answers; readonly behind: Underway | null },
  ): Answers {
    const answers = new Map(found.answers);
    for (const query of queries) {
      if (query.requestId === null) continue;
      const chain = chainOf(query);
      const request = requestKey(chain, query.requestId);
      const since = found.behind?.answers.get(request) ??
        this.chains.reader.journal.tail.answer(chain, query.requestId);
      if (since) answers.set(request, since);
    }
    return answers;
  }
}

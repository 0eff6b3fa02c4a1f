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

/** Entries that answer requests, by `requestKey`. */
export type Answers = ReadonlyMap<string, Entry>;

/** Looks up which requests were answered, where that is cheaper than to let the commit find out. */
export class AnswerLookup {
  constructor(readonly chains: ChainReader, readonly memory: LedgerMemory) {}

  /** Answers to requests of accounts, as far as they are looked up. */
  async ofAccounts(
    queries: readonly AccountQuery[],
    how: { readonly fresh: boolean },
  ): Promise<ReadonlyMap<string, Entry>> {
    const answers = new Map<string, Entry>();
    await Promise.all(queries.map(async ({ accountId, requestId }) => {
      if (requestId === null) return;
      const known = this.memory.accounts.get(accountId)?.requests;
      // Who is not known is hardly ever there: the commit's check is cheaper than a read.
      const look = known ? known.has(requestId) : how.fresh;
      const entry = look
        ? await this.chains.answer(accountId, requestId)
        : this.chains.reader.journal.tail.answer(accountId, requestId);
      if (entry) answers.set(requestKey(accountId, requestId), entry);
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

  /** The answers that were found, and those that the tail has got since. */
  since(queries: readonly LedgerQuery[], found: Answers): Answers {
    const answers = new Map(found);
    for (const query of queries) {
      if (query.requestId === null) continue;
      const chain = chainOf(query);
      const since = this.chains.reader.journal.tail.answer(chain, query.requestId);
      if (since) answers.set(requestKey(chain, query.requestId), since);
    }
    return answers;
  }
}

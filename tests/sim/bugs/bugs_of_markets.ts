import type { Bug } from "./bug.ts";

/** Bugs in how markets change, and in what bets see of it. */
export const BUGS_OF_MARKETS: readonly Bug[] = [
  {
    name: "a bet is decided on a market that another process has changed since",
    changes: [{
      file: "adapters/deno_kv/ledger_memory.ts",
      snippet: "if (isMarketEntry(entry)) this.#followMarket(entry);",
      instead: "if (isMarketEntry(entry)) continue;",
    }],
  },
  {
    name: "a change of a market makes no record",
    changes: [{
      file: "adapters/deno_kv/kv_audit_log.ts",
      snippet: "read.entries.map(draftOf)",
      instead: 'read.entries.filter((entry) => "accountId" in entry).map(draftOf)',
    }],
  },
  {
    name: "a market is read from its row without the tail",
    changes: [{
      file: "adapters/deno_kv/ledger_reader.ts",
      snippet: "const last = this.journal.tail.newestOfMarket(marketId);",
      instead: "const last = null as never;",
    }],
  },
  {
    name: "a market's request from before the checkpoint is not looked up",
    changes: [{
      file: "adapters/deno_kv/answer_lookup.ts",
      snippet: "const entry = await this.chains.answer(chain, query.requestId);",
      instead: "const entry = this.chains.reader.journal.tail.answer(chain, query.requestId);",
    }],
  },
  {
    name: "the next in a group does not see that the market was changed in it",
    changes: [{
      file: "app/batch_state.ts",
      snippet: "if (isMarketEntry(entry)) this.#market(entry.marketId, entry);",
      instead: "if (isMarketEntry(entry)) { /* The next group will see it. */ }",
    }],
  },
  {
    name: "what a market is already counts as a change of it",
    changes: [{
      file: "domain/decide_market.ts",
      snippet: "if (isSo(market, asked)) return",
      instead: "if (isSo(market, asked) && market.version < 3) return",
    }],
  },
];

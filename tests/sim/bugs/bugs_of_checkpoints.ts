import type { Bug } from "./bug.ts";

/** Bugs in what checkpoints draw, and in reading it together with the journal's tail. */
export const BUGS_OF_CHECKPOINTS: readonly Bug[] = [
  {
    name: "a checkpoint moves before its rows are written",
    changes: [{
      file: "adapters/deno_kv/checkpointer.ts",
      snippet: "checkpoint: { page: covered, drawing: true },",
      instead: "checkpoint: { page: last, drawing: true },",
    }],
  },
  {
    name: "rows are drawn without checking that nobody else draws them",
    changes: [{
      file: "adapters/deno_kv/checkpointer.ts",
      snippet: "this.kv.atomic().check({ key, versionstamp }).set(",
      instead: "this.kv.atomic().set(",
    }],
  },
  {
    name: "a checkpoint that goes on counts liability twice",
    changes: [{
      file: "adapters/deno_kv/checkpointer.ts",
      snippet: "changes.filter((change) => change.page > row.page)",
      instead: "changes",
    }],
  },
  {
    name: "a hold that ended stays in the list of those that are due",
    changes: [{
      file: "adapters/deno_kv/drawing.ts",
      snippet: 'const due = status === "pending" ? null : undefined;',
      instead: "const due = null;",
    }],
  },
  {
    name: "the tail is trimmed beyond the checkpoint",
    changes: [{
      file: "adapters/deno_kv/kv_journal.ts",
      snippet: "this.tail.trim(this.#covered);",
      instead: "this.tail.trim(this.#last);",
    }],
  },
  {
    name: "an answer from before the checkpoint is not looked up",
    changes: [{
      file: "adapters/deno_kv/answer_lookup.ts",
      snippet: "const entry = await this.chains.answer(accountId, requestId);",
      instead: "const entry = this.chains.reader.journal.tail.answer(accountId, requestId);",
    }],
  },
  {
    name: "liability is read from rows without the tail",
    changes: [{
      file: "adapters/deno_kv/ledger_reader.ts",
      snippet: "return row.liabilityMinor + sinceMinor;",
      instead: "return row.liabilityMinor;",
    }],
  },
  {
    name: "rows and tail are put together across a checkpoint",
    changes: [{
      file: "adapters/deno_kv/ledger_reader.ts",
      snippet: "if (covered === this.journal.covered) return conclude(found);",
      instead: "if (covered >= 0) return conclude(found);",
    }],
  },
  {
    name: "an account's requests in runs are not known",
    changes: [{
      file: "adapters/deno_kv/chain_places.ts",
      snippet: "if (digest !== 0) requests.addDigest(digest);",
      instead: "if (digest === 0) requests.addDigest(1);",
    }],
  },
  {
    name: "an account's last requests, which no run has, are not known",
    changes: [{
      file: "adapters/deno_kv/chain_places.ts",
      snippet: "if (requestId !== null) requests.add(requestId);",
      instead: "",
    }],
  },
  {
    name: "the row of an account gives its entries up before runs have them",
    changes: [{
      file: "adapters/deno_kv/chain_rows.ts",
      snippet: "  return { rows, ends };",
      instead: "  return { rows: rows.reverse(), ends };",
    }],
  },
  {
    name: "what another process has drawn is not read again",
    changes: [{
      file: "adapters/deno_kv/checkpointer.ts",
      snippet: "if (checkpoint.versionstamp !== this.#own) accounts.forgetDrawn();",
      instead: "",
    }],
  },
];

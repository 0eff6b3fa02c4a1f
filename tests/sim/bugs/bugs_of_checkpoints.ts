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
      snippet: 'keys.due(hold), status === "pending" ? null : undefined',
      instead: "keys.due(hold), null",
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
      file: "adapters/deno_kv/ledger_viewer.ts",
      snippet: "const look = known ? known.has(requestId) : how.fresh;",
      instead: "const look = false;",
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
];

import type { Bug } from "./bug.ts";

/** Bugs in how decisions are committed, answered, logged and found again. */
export const BUGS_OF_STORING: readonly Bug[] = [
  {
    name: "a page of the journal is written without checking that there is none",
    changes: [{
      file: "adapters/deno_kv/kv_journal.ts",
      snippet: "this.kv.atomic().check({ key: keys.journal(from + 1), versionstamp: null });",
      instead: "this.kv.atomic();",
    }],
  },
  {
    name: "what was decided behind a commit that failed is stored all the same",
    changes: [{
      file: "app/group_committer.ts",
      snippet: 'if (outcome === "committed" && flight.stale.length === 0) {',
      instead: "if (flight.stale.length === 0) {",
    }],
  },
  {
    name: "a commit on what was foreseen does not ask what became of the one before it",
    changes: [{
      file: "adapters/deno_kv/kv_ledger.ts",
      snippet: 'if (behind && behind.outcome !== "committed") return "conflict";',
      instead: "",
    }, {
      file: "app/group_committer.ts",
      snippet: "this.#putBack(await foreseen);\n      await",
      instead:
        'const late = await foreseen;\n      if (late && await this.#send(late).landed === "committed") answerAll(late);\n      else this.#putBack(late);\n      await',
    }],
  },
  {
    name: "what is foreseen does not count the liability that is in flight",
    changes: [{
      file: "adapters/deno_kv/ledger_viewer.ts",
      snippet: ": liabilityMinor + (behind?.exposureChange(name) ?? 0);",
      instead: ": liabilityMinor;",
    }],
  },
  {
    name: "what is foreseen does not know the requests that are in flight",
    changes: [{
      file: "adapters/deno_kv/answer_lookup.ts",
      snippet: "const since = found.behind?.answers.get(request) ??",
      instead: "const since =",
    }],
  },
  {
    name: "a bet is acknowledged before its commit",
    changes: [{
      file: "app/group_committer.ts",
      snippet: "const outcome = await flight.landed;",
      instead:
        'flight.landed.catch(() => {});\n      const outcome = "committed" as CommitOutcome;',
    }],
  },
  {
    name: "a commit without an answer counts as one that did not happen",
    changes: [{
      file: "app/commit_rounds.ts",
      snippet: 'waiting.unanswered ? "unknown" : "contended"',
      instead: '"contended"',
    }],
  },
  {
    name: "a last look that fails counts as one that found nothing",
    changes: [{
      file: "app/commit_rounds.ts",
      snippet: 'if (isInDoubt(waiting)) settle({ kind: "unknown" });',
      instead: 'if (isInDoubt(waiting)) settle({ kind: "contended" });',
    }],
  },
  {
    name: "nobody looks behind a conflict that was the last attempt",
    changes: [{
      file: "app/commit_rounds.ts",
      snippet:
        'if (result !== null) settle({ kind: "done", result, byThisCall: false });\n        else',
      instead: "",
    }],
  },
  {
    name: "only the first of a group looks for an effect that it had already",
    changes: [{
      file: "app/decided_group.ts",
      snippet: "if (earlier !== null) return",
      instead: "if (earlier !== null && state.entries.length === 0) return",
    }],
  },
  {
    name: "another body under the same request id gets the first one's answer",
    changes: [{
      file: "app/answer_request.ts",
      snippet: 'if (entry.answers?.fingerprint !== fingerprint) return { kind: "mismatch" };',
      instead: "",
    }],
  },
  {
    name: "records are appended without checking the head of the log",
    changes: [{
      file: "adapters/deno_kv/kv_audit_log.ts",
      snippet: "this.kv.atomic().check(head).set(",
      instead: "this.kv.atomic().set(",
    }, {
      file: "adapters/deno_kv/kv_audit_log.ts",
      snippet: "atomic.check({ key: nextKey, versionstamp: null });",
      instead: "",
    }],
  },
  {
    name: "the log takes the journal's pages in another order",
    changes: [{
      file: "adapters/deno_kv/kv_audit_log.ts",
      snippet: "pages.flatMap((read) => read.entries.map(draftOf))",
      instead: "pages.toReversed().flatMap((read) => read.entries.map(draftOf))",
    }],
  },
  {
    name: "the log skips pages that it has no room for",
    changes: [{
      file: "adapters/deno_kv/kv_audit_log.ts",
      snippet: "const last = pages.at(-1)?.page ?? page;",
      instead: "const last = this.ledger.journal.last;",
    }],
  },
  {
    name: "memory does not follow the journal",
    changes: [{
      file: "adapters/deno_kv/kv_journal.ts",
      snippet: "this.reader.follow(read.entries);",
      instead: "",
    }],
  },
  {
    name: "memory is not forgotten when pages were missed",
    changes: [{
      file: "adapters/deno_kv/kv_journal.ts",
      snippet: "this.reader.forget();",
      instead: "",
    }],
  },
  {
    name: "a commit's pages are taken into memory although a reader has taken them",
    changes: [{
      file: "adapters/deno_kv/kv_journal.ts",
      snippet: "if (this.#last !== from) return;",
      instead: "",
    }],
  },
];

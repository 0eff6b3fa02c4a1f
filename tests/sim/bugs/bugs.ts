import type { Bug } from "./bug.ts";

/** Every bug that the simulation must find. */
export const BUGS: readonly Bug[] = [
  {
    name: "an entry is stored without checking that its slot is free",
    file: "adapters/deno_kv/kv_ledger.ts",
    changes: [{
      snippet:
        ".check({ key: keys.entry(accountId, nextSeq(view.newest)), versionstamp: null })\n      .check(",
      instead: ".check(",
    }],
  },
  {
    name: "a request is answered without checking that it was not answered meanwhile",
    file: "adapters/deno_kv/kv_ledger.ts",
    changes: [{
      snippet: "if (requestId !== null) {\n      atomic.check(",
      instead: "if (requestId === undefined) {\n      atomic.check(",
    }],
  },
  {
    name: "a bet is stored without checking that its markets are as they were seen",
    file: "adapters/deno_kv/kv_ledger.ts",
    changes: [{
      snippet: ".check(...view.versions as Deno.KvEntryMaybe<MarketState>[])",
      instead: "",
    }],
  },
  {
    name: "an entry is stored without its row in the outbox when it answers a request",
    file: "adapters/deno_kv/kv_ledger.ts",
    changes: [{
      snippet: "atomic.set(keys.outbox(accountId, entry.seq), draftOf(entry));",
      instead: "if (!entry.answers) atomic.set(keys.outbox(accountId, entry.seq), draftOf(entry));",
    }],
  },
  {
    name: "the outbox is read before the head of the log",
    file: "adapters/deno_kv/kv_audit_log.ts",
    changes: [{
      snippet: `    const head = await this.kv.get<Head>(keys.logHead());
    const rows = this.#fitting(await this.#oldestRows(this.#atMost(limit)));`,
      instead: `    const rows = this.#fitting(await this.#oldestRows(this.#atMost(limit)));
    const head = await this.kv.get<Head>(keys.logHead());`,
    }],
  },
  {
    name: "records are appended without checking the head of the log",
    file: "adapters/deno_kv/kv_audit_log.ts",
    changes: [{
      snippet: "this.kv.atomic().check(head).set(",
      instead: "this.kv.atomic().set(",
    }, {
      snippet: "atomic.check({ key: nextKey, versionstamp: null });",
      instead: "",
    }],
  },
  {
    name: "a record's row is not deleted in the write that appends it",
    file: "adapters/deno_kv/kv_audit_log.ts",
    changes: [{
      snippet: "      atomic.delete(row.key);\n    }\n",
      instead: "    }\n    for (const row of rows) this.kv.delete(row.key).catch(() => {});\n",
    }],
  },
  {
    name: "a bet is acknowledged before its commit",
    file: "app/commit_once.ts",
    changes: [{
      snippet: "const outcome = await ports.ledger.commit(view, entries);",
      instead:
        'ports.ledger.commit(view, entries).catch(() => {});\n    const outcome = "committed" as string;',
    }],
  },
  {
    name: "a commit without an answer counts as one that did not happen",
    file: "app/commit_once.ts",
    changes: [{
      snippet: 'return { kind: inDoubt ? "unknown" : "contended" };',
      instead: 'return { kind: "contended" };',
    }, {
      snippet: 'inDoubt || conflicted);\n  if (!view) return { kind: "unknown" };',
      instead: 'inDoubt || conflicted);\n  if (!view) return { kind: "contended" };',
    }],
  },
  {
    name: "a commit without an answer is tried again without looking for its effect",
    file: "app/commit_once.ts",
    changes: [{
      snippet: "if (earlier) return",
      instead: "if (earlier && attempt === 1) return",
    }],
  },
  {
    name: "another body under the same request id gets the first one's answer",
    file: "app/place_bet.ts",
    changes: [{
      snippet: "result.entry.answers?.fingerprint !== answers.fingerprint",
      instead: "result.entry.answers === null",
    }],
  },
  {
    name: "a stake of all that is there is refused",
    file: "domain/decide.ts",
    changes: [{
      snippet: "if (stakeMinor > available) {",
      instead: "if (stakeMinor >= available) {",
    }],
  },
  {
    name: "an entry's number is not one higher than the last",
    file: "domain/entry.ts",
    changes: [{
      snippet: "return (newest?.seq ?? 0) + 1;",
      instead: "return (newest?.seq ?? 0) + (newest && newest.seq > 20 ? 2 : 1);",
    }],
  },
  {
    name: "a bet is taken at a lower price when only a higher one was agreed to",
    file: "domain/reserve.ts",
    changes: [{
      snippet: "return movement >= 0;",
      instead: "return true;",
    }],
  },
];

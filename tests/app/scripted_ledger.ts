import { GroupCommitter } from "../../lib/app/group_committer.ts";
import { DEFAULT_POLICY, type Policy } from "../../lib/app/policy.ts";
import type { Undertaking } from "../../lib/app/undertaking.ts";
import type { AccountEntry } from "../../lib/domain/entry.ts";
import type { CommitOutcome } from "../../lib/ports/commit_outcome.ts";
import { type LedgerQuery, type LedgerStore, requestKey } from "../../lib/ports/ledger_store.ts";
import { aBet, ALICE, entryAfter, openedWith } from "../given.ts";
import { asks } from "./bookmaker.ts";

const [, DEPOSITED] = openedWith(ALICE, 1_000);

/** The entry that the scripted undertaking adds. */
export const BET: AccountEntry = entryAfter(DEPOSITED, aBet(), { requestId: "request-1" });

/** What a read finds: nothing done yet, the bet already stored, or no answer at all. */
export type Read = "not done" | "done" | "fails";

/** How a store ends what is asked of it, in order; after them all is as in an empty script. */
export interface Script {
  readonly reads?: readonly Read[];
  readonly commits?: readonly CommitOutcome[];
}

/** Alice's bet, found or placed. */
export const PLACES_BET: Undertaking<AccountEntry> = {
  query: asks({ requestId: "request-1" }),
  done: (sight) => sight.answered,
  decide: () => ({ entries: [BET], result: BET }),
};

/** A committer on a store that plays a script, and what was asked of the store. */
export function scripted(
  script: Script,
  policy: Pick<Policy, "commitAttempts" | "waitingAtMost"> = {
    ...DEFAULT_POLICY,
    commitAttempts: 3,
  },
) {
  const asked: string[] = [];
  const reads = [...script.reads ?? []];
  const commits = [...script.commits ?? []];
  const ledger: Pick<LedgerStore, "fits" | "foresee" | "view" | "commit"> = {
    fits: (queries) => queries.length,
    foresee: () => Promise.resolve(null),
    view(queries, { fresh }) {
      asked.push(fresh ? "view afresh" : "view");
      const read = reads.shift() ?? "not done";
      if (read === "fails") return Promise.reject(new Error("no answer"));
      return Promise.resolve(viewOf(queries, read === "done" ? BET : null));
    },
    commit() {
      asked.push("commit");
      return Promise.resolve(commits.shift() ?? "committed");
    },
  };
  const backoff = {
    wait(attempt: number) {
      asked.push(`wait ${attempt}`);
      return Promise.resolve();
    },
  };
  const brake = { released: () => Promise.resolve(true) };
  const ports = { ledger: ledger as LedgerStore, backoff, brake };
  return { asked, ports, committer: new GroupCommitter(ports, policy) };
}

function viewOf(queries: readonly LedgerQuery[], answered: AccountEntry | null) {
  return {
    queries,
    newest: new Map([[ALICE, answered ?? DEPOSITED]]),
    answers: new Map(
      answered ? [[requestKey(ALICE, "request-1"), answered]] : [],
    ),
    markets: new Map(),
    exposures: new Map(),
    holds: new Map(),
    versions: null,
  };
}

import type { Entry } from "../domain/entry.ts";
import type { LedgerQuery, LedgerStore, LedgerView } from "../ports/ledger_store.ts";
import type { Backoff } from "../ports/surroundings.ts";
import type { Policy } from "./policy.ts";

/** Something to be done to one account, at most once. */
export interface Undertaking {
  readonly query: LedgerQuery;
  /** The entry by which it was done already, as seen in `view`; null when it was not. */
  done(view: LedgerView): Entry | null;
  /** The entries that do it, decided on what was seen. The last one is the result. */
  decide(view: LedgerView): readonly [Entry, ...Entry[]];
}

/**
 * How it ended. `contended`: certainly nothing happened, try again. `unknown`: it may have happened
 * and the store cannot tell yet; asking again under the same request id will show.
 */
export type CommitResult =
  | { readonly kind: "done"; readonly entry: Entry; readonly byThisCall: boolean }
  | { readonly kind: "contended" }
  | { readonly kind: "unknown" };

/**
 * Reads, decides and commits until it is done or the attempts are used up. Each round first looks
 * whether the thing was done already, by an earlier round whose answer got lost or by another process;
 * two rounds can never both commit, because both need the same next slot of the account's chain.
 */
export async function commitOnce(
  ports: { readonly ledger: LedgerStore; readonly backoff: Backoff },
  policy: Policy,
  undertaking: Undertaking,
): Promise<CommitResult> {
  let inDoubt = false;
  // A failed check can be that of a resend, behind which the commit was stored: the next read tells.
  let conflicted = false;
  for (let attempt = 1; attempt <= policy.commitAttempts; attempt++) {
    const view = await viewUnlessInDoubt(ports.ledger, undertaking.query, inDoubt || conflicted);
    if (!view) return { kind: "unknown" };
    const earlier = undertaking.done(view);
    if (earlier) return { kind: "done", entry: earlier, byThisCall: false };

    const entries = undertaking.decide(view);
    const outcome = await ports.ledger.commit(view, entries);
    if (outcome === "committed") {
      return { kind: "done", entry: entries.at(-1) ?? entries[0], byThisCall: true };
    }
    inDoubt ||= outcome === "unknown";
    conflicted = outcome === "conflict";
    await ports.backoff.wait(attempt);
  }
  return await lastLook(ports.ledger, undertaking, { inDoubt, conflicted });
}

/** The last attempt may have been stored although its answer was lost. */
async function lastLook(
  ledger: LedgerStore,
  undertaking: Undertaking,
  { inDoubt, conflicted }: { readonly inDoubt: boolean; readonly conflicted: boolean },
): Promise<CommitResult> {
  const view = await viewUnlessInDoubt(ledger, undertaking.query, inDoubt || conflicted);
  if (!view) return { kind: "unknown" };
  const entry = undertaking.done(view);
  if (entry) return { kind: "done", entry, byThisCall: false };
  return { kind: inDoubt ? "unknown" : "contended" };
}

/**
 * A read that fails before anything was tried is the caller's to report as a failure. After a commit
 * that may have been stored it must not look like one, so it gives null instead.
 */
async function viewUnlessInDoubt(
  ledger: LedgerStore,
  query: LedgerQuery,
  inDoubt: boolean,
): Promise<LedgerView | null> {
  try {
    return await ledger.view(query);
  } catch (error) {
    if (inDoubt) return null;
    throw error;
  }
}

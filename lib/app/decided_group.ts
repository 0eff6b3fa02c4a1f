import type { Entry } from "../domain/entry.ts";
import type { CommitOutcome } from "../ports/commit_outcome.ts";
import type { LedgerView } from "../ports/ledger_store.ts";
import { BatchState } from "./batch_state.ts";
import type { CommitResult, Undertaking, Waiting } from "./undertaking.ts";

/** A group that was decided, one after another, and is to be committed as one. */
export interface DecidedGroup {
  readonly view: LedgerView;
  readonly entries: readonly Entry[];
  /** Its members, and what each is told once the entries are stored. */
  readonly answers: ReadonlyMap<Waiting, CommitResult<unknown>>;
  /** Members that could not be decided on what was seen from memory. */
  readonly stale: readonly Waiting[];
}

/**
 * Decides a group on the state that it builds up. A defect is that member's failure, and nobody
 * else's. On what was not read afresh it need not be one: another process may have opened the account
 * that is asked about.
 */
export function decideGroup(
  group: readonly Waiting[],
  view: LedgerView,
  how: { readonly fresh: boolean },
): DecidedGroup {
  const state = new BatchState(view);
  const answers = new Map<Waiting, CommitResult<unknown>>();
  const stale: Waiting[] = [];
  for (const waiting of group) {
    try {
      answers.set(waiting, decideOne(state, waiting.undertaking));
    } catch (error) {
      if (how.fresh) waiting.fail(error);
      else stale.push(waiting);
    }
  }
  return { view, entries: state.entries, answers, stale };
}

/** Tells every member how it ended. */
export function answerAll(decided: DecidedGroup): void {
  for (const [waiting, result] of decided.answers) waiting.settle(result);
}

/** Those whom an attempt has left without an answer, with what it left behind. */
export function leftBy(
  { answers, stale }: DecidedGroup,
  outcome: CommitOutcome,
): readonly Waiting[] {
  for (const waiting of stale) waiting.attempts++;
  if (outcome === "committed") return stale;
  for (const waiting of answers.keys()) {
    waiting.attempts++;
    waiting.overtaken = outcome === "conflict";
    waiting.unanswered ||= outcome === "unknown";
    // Over a network a conflict can be the resend of a commit that was stored.
    waiting.unseen ||= outcome !== "busy";
  }
  return [...answers.keys(), ...stale];
}

function decideOne(
  state: BatchState,
  undertaking: Undertaking<unknown, Entry>,
): CommitResult<unknown> {
  const sight = state.sight(undertaking.query);
  const earlier = undertaking.done(sight);
  if (earlier !== null) return { kind: "done", result: earlier, byThisCall: false };
  const { entries, result } = undertaking.decide(sight);
  for (const entry of entries) state.add(entry);
  return { kind: "done", result, byThisCall: true };
}

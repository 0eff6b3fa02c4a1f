import type { AccountEntry, Entry } from "../domain/entry.ts";
import type { LedgerQuery } from "../ports/ledger_store.ts";
import type { Sight } from "./batch_state.ts";

/** Something to be done to one account or, with entries of `MarketEntry`, one market, at most once. */
export interface Undertaking<Result, Own extends Entry = AccountEntry> {
  /** Names the account or market: of its chain are the entries. */
  readonly query: LedgerQuery;
  /** The result of having done it already, as far as `sight` shows; null when it was not done. */
  done(sight: Sight<Own>): Result | null;
  /** The entries that do it, decided on what is seen, and the result once they are stored. */
  decide(sight: Sight<Own>): { readonly entries: readonly Own[]; readonly result: Result };
}

/**
 * How it ended. `contended`: certainly nothing happened, try again. `unknown`: it may have happened
 * and the store cannot tell yet; asking again under the same request id will show.
 */
export type CommitResult<Result> =
  | { readonly kind: "done"; readonly result: Result; readonly byThisCall: boolean }
  | { readonly kind: "contended" }
  | { readonly kind: "unknown" };

/** An undertaking in line, with what earlier attempts left behind. */
export interface Waiting {
  readonly undertaking: Undertaking<unknown, Entry>;
  readonly settle: (result: CommitResult<unknown>) => void;
  readonly fail: (error: unknown) => void;
  attempts: number;
  /** Whether its last attempt met a conflict. */
  overtaken: boolean;
  /** Whether a commit that held it ended without an answer: it may be done, now or later still. */
  unanswered: boolean;
  /** Whether a commit may have been stored that nobody has looked for since. */
  unseen: boolean;
}

/** Puts an undertaking in line: nothing was tried yet. `result` is how it ends. */
export function inLine<Result, Own extends Entry>(
  undertaking: Undertaking<Result, Own>,
): { readonly waiting: Waiting; readonly result: Promise<CommitResult<Result>> } {
  const { promise: result, resolve, reject: fail } = Promise.withResolvers<CommitResult<Result>>();
  // The result comes from this very undertaking, whatever the line holds beside it.
  const settle = resolve as Waiting["settle"];
  const nothing = { attempts: 0, overtaken: false, unanswered: false, unseen: false };
  return { waiting: { undertaking, settle, fail, ...nothing }, result };
}

/** What a store is asked for the sake of some in line. */
export function queriesOf(group: readonly Waiting[]): readonly LedgerQuery[] {
  return group.map((waiting) => waiting.undertaking.query);
}

/** Fails everybody who has no answer yet. */
export function failAll(group: Iterable<Waiting>, error: unknown): void {
  for (const waiting of group) waiting.fail(error);
}

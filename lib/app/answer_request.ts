import type { Sha256 } from "../audit/hash.ts";
import type { Answered, Entry } from "../domain/entry.ts";
import type { LedgerQuery } from "../ports/ledger_store.ts";
import type { Sight } from "./batch_state.ts";
import { fingerprintOf } from "./fingerprint.ts";
import type { GroupCommitter } from "./group_committer.ts";

/** Who asks for something under which request id, and when it arrived (the server's time). */
export interface Asking {
  readonly requestId: string;
  readonly actor: string;
  readonly atMs: number;
}

/** What ended without a decision: see `Answer`. */
export type NotDecided =
  | { readonly kind: "mismatch" }
  | { readonly kind: "contended" }
  | { readonly kind: "unknown" };

/**
 * The answer to a request: the entry that decided it. `replayed` says that it had been answered before:
 * nothing happened now. `mismatch`: the id was used for something else. `contended`: nothing happened.
 * `unknown`: it may have, and the same request asked again will tell.
 */
export type Answer<Own extends Entry> =
  | { readonly kind: "decided"; readonly entry: Own; readonly replayed: boolean }
  | NotDecided;

/** What answering a request needs. */
export interface RequestPorts {
  readonly committer: GroupCommitter;
  readonly sha256: Sha256;
}

/** Decides a request exactly once for each chain and request id, whatever it asks for. */
export async function answerRequest<Own extends Entry>(
  ports: RequestPorts,
  asked: {
    /** Names the account or market whose chain the request belongs to, and the request. */
    readonly query: LedgerQuery & { readonly requestId: string };
    /** What is asked for, by which another request under the same id is told apart. */
    readonly what: { readonly do: string; readonly [member: string]: unknown };
    /** The entries of the decision; the last of them carries `answers`. */
    decide(sight: Sight<Own>, answers: Answered): readonly [...Own[], Own];
  },
): Promise<Answer<Own>> {
  const { query, what } = asked;
  const fingerprint = fingerprintOf(ports.sha256, what);
  const answers: Answered = { requestId: query.requestId, fingerprint };
  const result = await ports.committer.submit<Own, Own>({
    query,
    done: (sight) => sight.answered,
    decide: (sight) => {
      const entries = asked.decide(sight, answers);
      return { entries, result: entries[entries.length - 1] as Own };
    },
  });
  if (result.kind !== "done") return result;
  const { result: entry, byThisCall } = result;
  if (entry.answers?.fingerprint !== fingerprint) return { kind: "mismatch" };
  return { kind: "decided", entry, replayed: !byThisCall };
}

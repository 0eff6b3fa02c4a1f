import type { Sha256 } from "../audit/hash.ts";
import type { AccountCommand } from "../domain/commands.ts";
import { decide } from "../domain/decide.ts";
import { type Answered, answerSeq, type Entry, follow } from "../domain/entry.ts";
import type { SelectionRef } from "../domain/exposure.ts";
import type { Sight } from "./batch_state.ts";
import { fingerprintOf } from "./fingerprint.ts";
import type { GroupCommitter } from "./group_committer.ts";

/** Who asks for something under which request id, and when it arrived (the server's time). */
export interface Asking {
  readonly accountId: string;
  readonly requestId: string;
  readonly actor: string;
  readonly atMs: number;
}

/**
 * The answer to a request: the entry that decided it. `replayed` says that it had been answered before:
 * nothing happened now. `mismatch`: the id was used for something else. `contended`: nothing happened.
 * `unknown`: it may have, and the same request asked again will tell.
 */
export type Answer =
  | { readonly kind: "decided"; readonly entry: Entry; readonly replayed: boolean }
  | { readonly kind: "mismatch" }
  | { readonly kind: "contended" }
  | { readonly kind: "unknown" };

/** What answering a request needs. */
export interface RequestPorts {
  readonly committer: GroupCommitter;
  readonly sha256: Sha256;
}

/** Decides a request exactly once for each account and request id, whatever it asks for. */
export async function answerRequest(
  ports: RequestPorts,
  asking: Asking,
  asked: {
    /** What is asked for, by which another request under the same id is told apart. */
    readonly what: { readonly do: string; readonly [member: string]: unknown };
    readonly selections: readonly SelectionRef[];
    readonly holdId: string | null;
    /** The command, for the entry number that its own entry is going to have. */
    command(place: { readonly accountId: string; readonly seq: number }): AccountCommand;
  },
): Promise<Answer> {
  const { accountId, requestId } = asking;
  const fingerprint = fingerprintOf(ports.sha256, asked.what);
  const answers: Answered = { requestId, fingerprint };
  const { selections, holdId } = asked;
  const marketIds = [...new Set(selections.map((selection) => selection.marketId))];
  const result = await ports.committer.submit({
    query: { accountId, requestId, marketIds, selections, holdId },
    done: (sight) => sight.answered,
    decide: (sight) => decideEntries(sight, asking, { answers, command: asked.command }),
  });
  if (result.kind !== "done") return result;
  const { result: entry, byThisCall } = result;
  if (entry.answers?.fingerprint !== fingerprint) return { kind: "mismatch" };
  return { kind: "decided", entry, replayed: !byThisCall };
}

/** Each event becomes an entry; the last one answers the request. */
function decideEntries(
  sight: Sight,
  asking: Asking,
  how: {
    readonly answers: Answered;
    command(place: { readonly accountId: string; readonly seq: number }): AccountCommand;
  },
): { readonly entries: readonly Entry[]; readonly result: Entry } {
  const { accountId, actor, atMs } = asking;
  const seq = answerSeq(sight.newest, atMs);
  const events = decide(sight.seen, how.command({ accountId, seq }));
  const entries: Entry[] = [];
  for (const [index, event] of events.entries()) {
    const last = index === events.length - 1;
    const by = last ? { actor, answers: how.answers } : { actor: "system", answers: null };
    entries.push(follow(entries.at(-1) ?? sight.newest, { accountId, atMs, event, ...by }));
  }
  const result = entries.at(-1);
  if (result?.seq !== seq) throw new Error(`entry ${seq} was to answer, not ${result?.seq}`);
  return { entries, result };
}

import type { AccountCommand } from "../domain/commands.ts";
import { decide } from "../domain/decide.ts";
import { type AccountEntry, type Answered, answerSeq, follow } from "../domain/entry.ts";
import type { SelectionRef } from "../domain/exposure.ts";
import { type Answer, answerRequest, type Asking, type RequestPorts } from "./answer_request.ts";
import type { Sight } from "./batch_state.ts";

/** Who asks for something of which account. */
export interface AccountAsking extends Asking {
  readonly accountId: string;
}

/** The command, for the entry number that its own entry is going to have. */
type CommandFor = (
  place: { readonly accountId: string; readonly seq: number },
) => AccountCommand;

/** Decides a request of an account exactly once for each request id, whatever it asks for. */
export function answerAccountRequest(
  ports: RequestPorts,
  asking: AccountAsking,
  asked: {
    /** What is asked for, by which another request under the same id is told apart. */
    readonly what: { readonly do: string; readonly [member: string]: unknown };
    readonly selections: readonly SelectionRef[];
    readonly holdId: string | null;
    readonly command: CommandFor;
  },
): Promise<Answer<AccountEntry>> {
  const { accountId, requestId } = asking;
  const { what, selections, holdId, command } = asked;
  const marketIds = [...new Set(selections.map((selection) => selection.marketId))];
  return answerRequest<AccountEntry>(ports, {
    query: { accountId, requestId, marketIds, selections, holdId },
    what,
    decide: (sight, answers) => decideEntries(sight, asking, { answers, command }),
  });
}

/** Each event becomes an entry; the last one answers the request. */
function decideEntries(
  sight: Sight,
  asking: AccountAsking,
  how: { readonly answers: Answered; readonly command: CommandFor },
): readonly [...AccountEntry[], AccountEntry] {
  const { accountId, actor, atMs } = asking;
  const seq = answerSeq(sight.newest, atMs);
  const events = decide(sight.seen, how.command({ accountId, seq }));
  const entries: AccountEntry[] = [];
  for (const [index, event] of events.entries()) {
    const last = index === events.length - 1;
    const by = last ? { actor, answers: how.answers } : { actor: "system", answers: null };
    entries.push(follow(entries.at(-1) ?? sight.newest, { accountId, atMs, event, ...by }));
  }
  const answer = entries.pop();
  if (answer?.seq !== seq) throw new Error(`entry ${seq} was to answer, not ${answer?.seq}`);
  return [...entries, answer];
}

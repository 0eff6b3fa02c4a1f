import type { AccountCommand } from "../domain/commands.ts";
import { decide } from "../domain/decide.ts";
import { type AccountEntry, follow } from "../domain/entry.ts";
import { ACCOUNT_ID_LETTERS, accountIdOf } from "../domain/ids.ts";
import type { Clock, Randomness } from "../ports/surroundings.ts";
import type { GroupCommitter } from "./group_committer.ts";
import type { Policy } from "./policy.ts";

/** What opening an account needs. */
export interface OpeningPorts {
  readonly committer: GroupCommitter;
  readonly clock: Clock;
  readonly randomness: Randomness;
}

/**
 * Opens an account with the demo's play money already in it, in one write. Answers its id, or null
 * when the store could not take it: then no session knows the account, and a new try opens another.
 */
export async function openDemoAccount(
  ports: OpeningPorts,
  policy: Policy,
): Promise<string | null> {
  const accountId = accountIdOf(ports.randomness.letters(ACCOUNT_ID_LETTERS));
  const common = { accountId, atMs: ports.clock.nowMs(), actor: "system", answers: null };
  const result = await ports.committer.submit({
    query: { accountId, requestId: null, marketIds: [], selections: [], holdId: null },
    done: ({ newest }) => newest && accountId,
    decide: () => {
      const opened = after(null, { type: "open", accountId, currency: "GBP" });
      const granted = after(opened, { type: "deposit", amountMinor: policy.demoGrantMinor });
      return { entries: [opened, granted], result: accountId };
    },
  });
  return result.kind === "done" ? accountId : null;

  function after(newest: AccountEntry | null, command: AccountCommand): AccountEntry {
    const book = { markets: new Map(), exposures: new Map() };
    const [event] = decide({ account: newest?.state ?? null, hold: null, ...book }, command);
    return follow(newest, { ...common, event });
  }
}

import { decide } from "../domain/decide.ts";
import { type Entry, follow } from "../domain/entry.ts";
import { ACCOUNT_ID_LETTERS, accountIdOf } from "../domain/ids.ts";
import type { LedgerStore } from "../ports/ledger_store.ts";
import type { Backoff, Clock, Randomness } from "../ports/surroundings.ts";
import { commitOnce } from "./commit_once.ts";
import type { Policy } from "./policy.ts";

/** What opening an account needs. */
export interface OpeningPorts {
  readonly ledger: LedgerStore;
  readonly backoff: Backoff;
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
  const result = await commitOnce(ports, policy, {
    query: { accountId, requestId: null, marketIds: [] },
    done: (view) => view.newest,
    decide: () => {
      const opening = { type: "open", accountId, currency: "GBP" } as const;
      const grant = { type: "deposit", amountMinor: policy.demoGrantMinor } as const;
      const opened = after(null, opening);
      return [opened, after(opened, grant)];
    },
  });
  return result.kind === "done" ? accountId : null;

  function after(newest: Entry | null, command: Parameters<typeof decide>[1]): Entry {
    const seen = { account: newest?.state ?? null, markets: new Map() };
    return follow(newest, { ...common, event: decide(seen, command) });
  }
}

import { assert } from "@std/assert";
import { GroupCommitter } from "../../lib/app/group_committer.ts";
import { DEFAULT_POLICY, type Policy } from "../../lib/app/policy.ts";
import type { Undertaking } from "../../lib/app/undertaking.ts";
import type { AccountEntry, Entry } from "../../lib/domain/entry.ts";
import type { LedgerStore } from "../../lib/ports/ledger_store.ts";
import { ALICE, BOB, entryAfter, noWait } from "../given.ts";
import { asks, openAlice, openBookmaker } from "./bookmaker.ts";
import { BET } from "./scripted_ledger.ts";

/** How many turns of the microtask queue are plenty for one commit in memory. */
export const TURNS = 50;

/** A penny paid into an account under a request id; it is decided on the account as it is then. */
export function paysIn(requestId: string, accountId = ALICE): Undertaking<AccountEntry> {
  return {
    query: asks({ accountId, requestId }),
    done: (sight) => sight.answered,
    decide: ({ newest }) => {
      assert(newest);
      const before = { ...BET, accountId, ...newest };
      const entry = entryAfter(before, { type: "deposit", amountMinor: 1 }, { requestId });
      return { entries: [entry], result: entry };
    },
  };
}

/** A committer on Alice's and Bob's accounts in memory; `sizes` counts the entries of each commit. */
export async function openCommitter(
  options: {
    readonly policy?: Partial<Policy>;
    /** Runs before each commit, with the entries it would write. */
    readonly beforeCommit?: (entries: readonly Entry[]) => unknown;
    /** What the store does instead. */
    readonly store?: (ledger: LedgerStore) => Partial<LedgerStore>;
    readonly released?: () => Promise<boolean>;
  } = {},
) {
  const { ledger, database } = await openBookmaker();
  await openAlice(ledger, 1_000, BOB);
  const sizes: number[] = [];
  const watched: LedgerStore = Object.assign(Object.create(ledger) as LedgerStore, {
    view: ledger.view.bind(ledger),
    commit: async (...[view, entries]: Parameters<LedgerStore["commit"]>) => {
      sizes.push(entries.length);
      await options.beforeCommit?.(entries);
      return await ledger.commit(view, entries);
    },
    ...options.store?.(ledger),
  });
  const brake = { released: options.released ?? (() => Promise.resolve(true)) };
  const ports = { ledger: watched, backoff: noWait, brake };
  const committer = new GroupCommitter(ports, { ...DEFAULT_POLICY, ...options.policy });
  return { committer, ledger, database, sizes };
}

/** A gate that commits wait at until it is opened. */
export function openGate() {
  const { promise, resolve: open } = Promise.withResolvers<void>();
  return { wait: () => promise, open };
}

/** Lets the microtask queue go on. */
export async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await Promise.resolve();
}

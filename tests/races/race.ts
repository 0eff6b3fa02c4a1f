import * as fc from "fast-check";
import type { CommitFate } from "../../lib/adapters/memory/memory_database.ts";
import type { HoldAnswer } from "../../lib/app/holds.ts";
import type { BetRequest } from "../../lib/app/backing.ts";
import type { BetAnswer } from "../../lib/app/place_bet.ts";
import type { Services } from "../../lib/app/services.ts";
import { aRequest, type Bookmaker, drainerOf, openBookmaker } from "../app/bookmaker.ts";
import { assertExposures, assertLogged, soundChain } from "../app/invariants.ts";
import { isAccountId } from "../../lib/domain/ids.ts";
import { NOON_MS } from "../given.ts";
import { released } from "./released.ts";

/** How many orders of events one race is run in. */
const RUNS = 200;

/** What somebody asks of the process that is theirs. */
export type Caller<Answer> = (services: Services) => Promise<Answer>;

/** What a race starts from, and who takes part in it. */
export interface Start<Answer> {
  readonly balanceMinor: number;
  readonly callers: readonly Caller<Answer>[];
  /** What the callers' clocks say; noon, if nothing else. */
  readonly nowMs?: number;
  /** What happens before anybody races. */
  readonly before?: (bookmaker: Bookmaker) => Promise<unknown>;
  /** Drainers that run beside the callers, each as if in a process of its own. */
  readonly drainers?: number;
  /** Something else that happens at any moment. */
  readonly meanwhile?: (bookmaker: Bookmaker) => void;
}

/**
 * Runs callers at once, each in a process of its own (so that no group takes them together), with every
 * call to the store released in an order that fast-check chooses; then checks all that holds after any
 * race, lets the log catch up, and checks `after`. A failure prints the seed and the order.
 */
export async function race<Answer>(
  start: Start<Answer>,
  after: (answers: readonly Answer[], bookmaker: Bookmaker) => Promise<void> | void,
  anyFates: fc.Arbitrary<CommitFate[]> = fc.constant([]),
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), anyFates, async (scheduler, fates) => {
      const bookmaker = await openBookmaker({ balanceMinor: start.balanceMinor });
      const { database, log } = bookmaker;
      await start.before?.(bookmaker);
      database.fates.push(...fates);

      const answers = Promise.all(start.callers.map((call, process) => {
        const ledger = released(scheduler, `ledger ${process}`, bookmaker.ledger);
        return call(bookmaker.process(ledger, { nowMs: () => start.nowMs ?? NOON_MS }));
      }));
      const drains = Array.from(
        { length: start.drainers ?? 0 },
        (_, process) => drainerOf(released(scheduler, `log ${process}`, log), 1 + process).wake(),
      );
      const other = start.meanwhile &&
        scheduler.schedule(Promise.resolve(), "meanwhile").then(() => start.meanwhile?.(bookmaker));
      await scheduler.waitFor(Promise.all([answers, ...drains, other]));

      await soundChain(bookmaker.ledger);
      database.fates.splice(0);
      await after(await answers, bookmaker);
      await bookmaker.drainer.wake();
      await assertSound(bookmaker);
    }),
    { numRuns: RUNS },
  );
}

/** What must hold of all accounts, their liability and the log once nothing is on its way. */
async function assertSound(bookmaker: Bookmaker): Promise<void> {
  const { database, ledger } = bookmaker;
  const chains = [];
  for (const chain of database.chains.keys()) {
    if (isAccountId(chain)) chains.push(await soundChain(ledger, chain));
  }
  await assertLogged(bookmaker, ...chains);
  await assertExposures(ledger, ...chains);
}

/** Somebody who asks for a bet of Alice's. */
export function bettor(change: Partial<BetRequest> = {}): Caller<BetAnswer> {
  return (services) => services.placeBet(aRequest(change));
}

/** How many answers there are of each kind; refusals by what was refused. */
export function tally(
  answers: readonly (BetAnswer | HoldAnswer)[],
): { readonly [kind: string]: number } {
  const counts: { [kind: string]: number } = {};
  for (const answer of answers) {
    const kind = answer.kind === "refused" ? answer.refusal.kind : answer.kind;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

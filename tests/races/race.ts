import * as fc from "fast-check";
import type { CommitFate } from "../../lib/adapters/memory/memory_database.ts";
import { AccountTurns } from "../../lib/app/account_turns.ts";
import type { BetAnswer, BetRequest } from "../../lib/app/place_bet.ts";
import { type Bookmaker, drainerOf, openBookmaker } from "../app/bookmaker.ts";
import { assertLogged, soundChain } from "../app/invariants.ts";
import { released } from "./released.ts";

/** How many orders of events one race is run in. */
const RUNS = 200;

/** What a race starts from, and who takes part in it. */
export interface Start {
  readonly balanceMinor: number;
  readonly requests: readonly Partial<BetRequest>[];
  /** Drainers that run beside the requests, each as if in a process of its own. */
  readonly drainers?: number;
  /** Something else that happens at any moment. */
  readonly meanwhile?: (bookmaker: Bookmaker) => void;
}

/**
 * Runs requests at once, each in a process of its own (nothing takes turns), with every call to the
 * store released in an order that fast-check chooses; then checks all that holds after any race, lets
 * the log catch up, and checks `after`. A failure prints the seed and the order.
 */
export async function race(
  start: Start,
  after: (answers: readonly BetAnswer[], bookmaker: Bookmaker) => Promise<void> | void,
  anyFates: fc.Arbitrary<CommitFate[]> = fc.constant([]),
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), anyFates, async (scheduler, fates) => {
      const bookmaker = await openBookmaker({ balanceMinor: start.balanceMinor });
      const { database, log } = bookmaker;
      database.fates.push(...fates);

      const answers = Promise.all(start.requests.map((request, process) => {
        const ledger = released(scheduler, `ledger ${process}`, bookmaker.ledger);
        return bookmaker.place(request, { ledger, turns: new AccountTurns(1) });
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
      await assertLogged(bookmaker, await soundChain(bookmaker.ledger));
    }),
    { numRuns: RUNS },
  );
}

/** How many answers there are of each kind; refusals by what was refused. */
export function tally(answers: readonly BetAnswer[]): { readonly [kind: string]: number } {
  const counts: { [kind: string]: number } = {};
  for (const answer of answers) {
    const kind = answer.kind === "refused" ? answer.refusal.kind : answer.kind;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

import { assert, assertEquals } from "@std/assert";
import * as fc from "fast-check";
import { answerFrom } from "../../lib/app/place_bet.ts";
import type { CommitOutcome } from "../../lib/ports/commit_outcome.ts";
import type { LedgerStore } from "../../lib/ports/ledger_store.ts";
import { ALICE } from "../given.ts";
import { aRequest, openBookmaker } from "../app/bookmaker.ts";
import { assertLogged, placedBets, soundChain } from "../app/invariants.ts";
import { released } from "./released.ts";
import { accountEntry } from "../../lib/domain/entry.ts";

/** How many orders of events each race is run in. */
const RUNS = 200;

for (const callers of [1, 2]) {
  Deno.test(`placeBet() whose lost commit lands at any later moment is one bet, for ${callers} at once`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const bookmaker = await openBookmaker({ balanceMinor: 100 });
        const landings: Promise<CommitOutcome>[] = [];
        const answers = Promise.all(Array.from({ length: callers }, (_, process) => {
          const late = firstCommitLate(scheduler, bookmaker.ledger, landings);
          const ledger = released(scheduler, `ledger ${process}`, late);
          return bookmaker.process(ledger).placeBet(aRequest({ requestId: `request-${process}` }));
        }));
        await scheduler.waitFor(answers);
        await scheduler.waitFor(Promise.all(landings));

        for (const [process, answer] of (await answers).entries()) {
          const entry = await bookmaker.ledger.answer(ALICE, `request-${process}`);
          assert(entry && (answer.kind === "placed" || answer.kind === "refused"));
          assertEquals(answerFrom(accountEntry(entry), { replayed: answer.replayed }), answer);
        }
        const chain = await soundChain(bookmaker.ledger);
        assertEquals([chain.length, placedBets(chain).length], [2 + callers, 1]);
        await bookmaker.drainer.wake();
        await assertLogged(bookmaker, chain);
      }),
      { numRuns: RUNS },
    );
  });
}

/** The first commit is answered `unknown` at once and reaches the store when the scheduler lets it. */
function firstCommitLate(
  scheduler: fc.Scheduler,
  ledger: LedgerStore,
  landings: Promise<CommitOutcome>[],
): LedgerStore {
  let commits = 0;
  const commit: LedgerStore["commit"] = (view, entries) => {
    if (commits++ > 0) return ledger.commit(view, entries);
    const lands = scheduler.schedule(Promise.resolve(), "a lost commit lands");
    landings.push(lands.then(() => ledger.commit(view, entries)));
    return Promise.resolve("unknown");
  };
  return Object.assign(Object.create(ledger) as LedgerStore, {
    commit,
    view: ledger.view.bind(ledger),
  });
}

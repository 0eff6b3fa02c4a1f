import * as fc from "fast-check";
import type { MarketState } from "../../lib/domain/market.ts";
import { asks, openAlice } from "../app/bookmaker.ts";
import { assertExposures, assertLogged, soundChain } from "../app/invariants.ts";
import { assertRowsRight } from "../contracts/drawn_rows.ts";
import { type KvParts, partsOn } from "../faults/kv_home.ts";
import { ALICE, BOB, MATCH, NOON_MS, noWait } from "../given.ts";
import { putMarket } from "../market_entries.ts";
import { FakeDatabase } from "../sim/fake_kv/fake_database.ts";
import { FakeKv } from "../sim/fake_kv/fake_kv.ts";
import { StraightGate } from "../sim/fake_kv/straight_gate.ts";
import { ReleasedGate } from "./released.ts";

/** How many orders of events each race is run in. */
const RUNS = 25;

/** How much happens, in the first process, before anybody races and while the others look away. */
const anyPast: fc.Arbitrary<readonly ("bet" | "checkpoint")[]> = fc.array(
  fc.constantFrom("bet", "checkpoint"),
  { maxLength: 4 },
);

/** What the processes know of the accounts before that: nothing, a little, or all there is. */
const anyLooks = fc.nat({ max: 2 });

/** What one process does in a race. */
export type Doing<Answer> = (parts: KvParts) => Promise<Answer>;

/** What a race on Deno KV starts from, and who takes part in it. */
export interface KvStart<Answer> {
  /** Alice's and Bob's, before the bets of 0.01 that Bob has placed meanwhile. */
  readonly balanceMinor: number;
  readonly market?: MarketState;
  /** What the processes' clocks say; noon, if nothing else. */
  readonly nowMs?: number;
  /** What happens first, in a process that does not race. */
  readonly before?: Doing<unknown>;
  /** One process for each; each reads, writes the log and draws a checkpoint beside what it does. */
  readonly processes: readonly Doing<Answer>[];
}

/**
 * Runs processes on one simulated database, with every call of each released in an order that
 * fast-check chooses. They are open already; what another one did meanwhile, and whether it drew a
 * checkpoint, they have yet to find out.
 */
export async function kvRace<Answer>(
  start: KvStart<Answer>,
  after: (answers: readonly Answer[], well: KvParts) => Promise<void> | void,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), anyPast, anyLooks, async (scheduler, past, looks) => {
      const database = new FakeDatabase();
      const kv = new FakeKv(database, new StraightGate(database));
      const well = partsOn(kv, { backoff: noWait });
      await putMarket(well.ledger, start.market ?? MATCH);
      await openAlice(well.ledger, start.balanceMinor);
      await openAlice(well.ledger, start.balanceMinor, BOB);

      const gates = start.processes.map((_, process) => new ReleasedGate(`process ${process}`));
      const { nowMs = NOON_MS } = start;
      const own = { backoff: noWait, clock: { nowMs: () => nowMs } };
      const opened = gates.map((gate) => partsOn(new FakeKv(database, gate), own));
      await start.before?.(well);
      for (const parts of opened) {
        await parts.ledger.journal.open();
        for (let looked = 0; looked < looks; looked++) await look(parts);
      }
      for (const [number, event] of past.entries()) {
        if (event === "checkpoint") await well.checkpointer.run();
        else await well.place({ accountId: BOB, requestId: `past ${number}`, stakeMinor: 1 });
      }

      for (const gate of gates) gate.scheduler = scheduler;
      const answers = Promise.all(start.processes.map(async (act, process) => {
        const parts = opened[process];
        if (!parts) throw new Error("every process is open");
        const [answer] = await Promise.all([
          act(parts),
          look(parts),
          parts.drainer.wake(),
          parts.checkpointer.run(),
        ]);
        return answer;
      }));
      await scheduler.waitFor(answers);

      for (const gate of gates) gate.scheduler = null;
      await after(await answers, well);
      for (const parts of [...opened, well]) await assertSound(parts);
      await assertRowsRight(kv);
    }),
    { numRuns: RUNS },
  );
}

/** Reads accounts as the pages of the site do, and as the next bet will; liabilities stay unknown. */
async function look({ ledger, services }: KvParts): Promise<void> {
  const query = asks({ accountId: BOB, requestId: "look" });
  await Promise.all([services.account(ALICE), ledger.view([query], { fresh: false })]);
}

/** What must hold in every process once nothing is on its way. */
async function assertSound(parts: KvParts): Promise<void> {
  const { ledger, drainer } = parts;
  const chains = [await soundChain(ledger), await soundChain(ledger, BOB)];
  // Twice: what others have written since the last look is found when nothing else waits.
  for (const _ of [1, 2]) await drainer.wake();
  await assertLogged(parts, ...chains);
  await assertExposures(ledger, ...chains);
}

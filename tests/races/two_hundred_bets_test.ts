import { assertEquals } from "@std/assert";
import { systemBackoff } from "../../lib/adapters/system/surroundings.ts";
import { ALICE, MATCH } from "../given.ts";
import { aRequest, drainerOf, openAlice, servicesOn } from "../app/bookmaker.ts";
import { assertLogged, placedBets, soundChain } from "../app/invariants.ts";
import { DERBY, HOMES } from "../contracts/homes.ts";
import { inMemory, partsOn } from "../faults/kv_home.ts";
import { tally } from "./race.ts";

for (const [name, open] of Object.entries(HOMES)) {
  Deno.test(`200 bets at once on an account that affords one, on ${name}: one placed, 199 refused`, async () => {
    const home = await open();
    try {
      await home.put(MATCH);
      await home.book.offer(DERBY);
      await openAlice(home.ledger, 100);
      const services = servicesOn({ ...home, backoff: systemBackoff });

      const drainer = drainerOf(home.log);
      const draining = setInterval(() => drainer.wake(), 20);
      const answers = await Promise.all(
        Array.from(
          { length: 200 },
          (_, number) => services.placeBet(aRequest({ requestId: `request-${number}` })),
        ),
      ).finally(() => clearInterval(draining));
      assertEquals(tally(answers), { placed: 1, insufficient_funds: 199 });

      await drainer.wake();
      const chain = await soundChain(home.ledger);
      await assertLogged(home, chain);
      assertEquals([chain.length, placedBets(chain).length], [202, 1]);
      const account = await services.account(ALICE);
      assertEquals([account?.balanceMinor, account?.atRiskMinor], [0, 100]);
    } finally {
      await home.close();
    }
  });
}

Deno.test("200 bets at once from four processes on Deno KV: one placed, 199 refused", async () => {
  await inMemory(async (kv) => {
    // As many attempts as a loser may need; processes that give up are another test's matter.
    const processes = Array.from(
      { length: 4 },
      () => partsOn(kv, { policy: { commitAttempts: 40 } }),
    );
    const [first] = processes;
    if (!first) throw new Error("there are four");
    await openAlice(first.ledger, 100);
    const answers = await Promise.all(
      Array.from(
        { length: 200 },
        (_, number) => processes[number % 4]?.place({ requestId: `request-${number}` }),
      ),
    );
    assertEquals(tally(answers.filter((answer) => answer !== undefined)), {
      placed: 1,
      insufficient_funds: 199,
    });
    for (const process of processes) {
      const chain = await soundChain(process.ledger);
      assertEquals([chain.length, placedBets(chain).length], [202, 1]);
      await process.drainer.wake();
      await assertLogged(process, chain);
    }
  });
});

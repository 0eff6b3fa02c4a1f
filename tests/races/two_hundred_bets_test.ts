import { assertEquals } from "@std/assert";
import { systemBackoff } from "../../lib/adapters/system/surroundings.ts";
import { ALICE, MATCH } from "../given.ts";
import { aRequest, drainerOf, openAlice, servicesOn } from "../app/bookmaker.ts";
import { assertLogged, placedBets, soundChain } from "../app/invariants.ts";
import { DERBY, HOMES } from "../contracts/homes.ts";
import { tally } from "./race.ts";

for (const [name, open] of Object.entries(HOMES)) {
  Deno.test(`200 bets at once on an account that affords one, on ${name}: one placed, 199 refused`, async () => {
    const home = await open();
    try {
      await home.book.offer({ event: DERBY, markets: [MATCH] });
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

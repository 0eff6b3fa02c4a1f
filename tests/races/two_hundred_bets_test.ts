import { assertEquals } from "@std/assert";
import { systemBackoff, systemRandomness } from "../../lib/adapters/system/surroundings.ts";
import { DEFAULT_POLICY } from "../../lib/app/policy.ts";
import { createServices } from "../../lib/app/services.ts";
import { ALICE, MATCH, NOON_MS, sha256 } from "../given.ts";
import { aRequest, drainerOf, openAlice } from "../app/bookmaker.ts";
import { assertLogged, placedBets, soundChain } from "../app/invariants.ts";
import { HOMES } from "../contracts/homes.ts";
import { tally } from "./race.ts";

const EVENT = {
  id: "derby",
  sport: "football",
  competition: "League",
  name: "Home v Away",
  startsAtMs: NOON_MS,
  marketIds: [MATCH.id],
} as const;

for (const [name, open] of Object.entries(HOMES)) {
  Deno.test(`200 bets at once on an account that affords one, on ${name}: one placed, 199 refused`, async () => {
    const home = await open();
    try {
      await home.book.offer({ event: EVENT, markets: [MATCH] });
      await openAlice(home.ledger, 100);
      const services = createServices({
        ...home,
        clock: { nowMs: () => NOON_MS },
        randomness: systemRandomness,
        backoff: systemBackoff,
        sha256,
      }, { policy: DEFAULT_POLICY, demo: true });

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

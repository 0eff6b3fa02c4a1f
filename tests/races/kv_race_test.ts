import { assert, assertEquals } from "@std/assert";
import type { BetAnswer } from "../../lib/app/place_bet.ts";
import { largestStakeMinor } from "../../lib/domain/exposure.ts";
import { aRequest } from "../app/bookmaker.ts";
import { placedBets, soundChain } from "../app/invariants.ts";
import { BOB, MATCH } from "../given.ts";
import { type Doing, kvRace } from "./kv_race.ts";
import { tally } from "./race.ts";

const ON_HOME = { marketId: "match", selectionId: "home" };

const bet = (change: Parameters<typeof aRequest>[0]): Doing<BetAnswer> => ({ services }) =>
  services.placeBet(aRequest(change));

Deno.test("bets of three processes on Deno KV take what the account affords", async () => {
  const processes = [0, 1, 2].map((number) => bet({ requestId: `request-${number}` }));
  await kvRace({ balanceMinor: 299, processes }, async (answers, { ledger }) => {
    assertEquals(tally(answers), { placed: 2, insufficient_funds: 1 });
    assertEquals(placedBets(await soundChain(ledger)).length, 2);
  });
});

Deno.test("one request in two processes on Deno KV, and twice in one group, is one bet", async () => {
  const twice: Doing<BetAnswer[]> = (parts) =>
    Promise.all([bet({ requestId: "same" })(parts), bet({ requestId: "same" })(parts)]);
  await kvRace({ balanceMinor: 1_000, processes: [twice, twice] }, async (answers, { ledger }) => {
    const all = answers.flat();
    assertEquals(tally(all), { placed: 4 });
    const firsts = all.filter((answer) => answer.kind === "placed" && !answer.replayed);
    assertEquals(firsts.length, 1);
    const [told, ...more] = all.map((answer) => ({ ...answer, replayed: null }));
    for (const other of more) assertEquals(other, told);
    assertEquals(placedBets(await soundChain(ledger)).length, 1);
  });
});

Deno.test("bets of two accounts in two processes on Deno KV never exceed the cap together", async () => {
  const [home, ...others] = MATCH.selections;
  assert(home);
  const market = { ...MATCH, selections: [{ ...home, liabilityCapMinor: 250 }, ...others] };
  const processes = [bet({}), bet({ accountId: BOB })];
  await kvRace({ balanceMinor: 1_000, market, processes }, async (answers, { services }) => {
    assertEquals(tally(answers), { placed: 1, liability_cap: 1 });
    const refused = answers.find((answer) => answer.kind === "refused");
    assert(refused?.kind === "refused" && refused.refusal.kind === "liability_cap");
    const [liabilityMinor = 0] = await services.exposures([ON_HOME]);
    const roomMinor = 250 - liabilityMinor;
    assert(roomMinor >= 0);
    const { price } = home;
    const largest = largestStakeMinor({ price, rounding: "floor", roomMinor });
    assertEquals(refused.refusal.maxStakeMinor, largest);
  });
});

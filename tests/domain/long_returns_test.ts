import { assert, assertEquals } from "@std/assert";
import { decidedReturnsMinor } from "../../lib/domain/bet_returns.ts";
import { settlementPostings } from "../../lib/domain/bet_settlement.ts";
import { totalStakeMinor } from "../../lib/domain/bet_terms.ts";
import type { PostingAccount } from "../../lib/domain/postings.ts";
import { SeededRandom } from "../sim/seeded_random.ts";
import { anySettledBet } from "./any_settled_bet.ts";
import { oracleReturns } from "./returns_oracle.ts";

/** HOLDFAST_BETS makes them fewer; HOLDFAST_SEED, which a run prints, repeats them. */
const BETS = Number(Deno.env.get("HOLDFAST_BETS") ?? 1_000_000);
const SEED = Number(Deno.env.get("HOLDFAST_SEED") ?? Math.floor(Math.random() * 2 ** 32));

Deno.test(`decidedReturnsMinor() of ${BETS} random bets is the oracle's to the penny, and postings sum to 0`, () => {
  console.log(`HOLDFAST_SEED=${SEED}`);
  const random = new SeededRandom(SEED);
  const moved: Record<PostingAccount, bigint> = {
    ...{ player_cash: 0n, player_at_risk: 0n, house: 0n, external: 0n },
  };
  let [staked, expected] = [0n, 0n];
  for (let bet = 0; bet < BETS; bet++) {
    const { terms, results } = anySettledBet(random);
    const returnsMinor = decidedReturnsMinor(terms, results);
    const oracle = oracleReturns(terms, results);
    if (returnsMinor === null || BigInt(returnsMinor) !== oracle) {
      throw new Error(`bet ${bet} of seed ${SEED} returns ${returnsMinor}, not ${oracle}`);
    }
    const stakeMinor = totalStakeMinor(terms);
    for (const { account, amountMinor } of settlementPostings({ stakeMinor, returnsMinor })) {
      moved[account] += BigInt(amountMinor);
    }
    staked += BigInt(stakeMinor);
    expected += oracle;
  }
  assertEquals(moved.player_cash, expected);
  assertEquals(moved.player_at_risk, -staked);
  assertEquals(moved.player_cash + moved.player_at_risk + moved.house + moved.external, 0n);
  assert(staked > 0n && expected > 0n);
});

import { assert, assertEquals } from "@std/assert";
import type { QuotedLeg } from "../../lib/domain/bet.ts";
import { decide } from "../../lib/domain/decide.ts";
import type { MarketState } from "../../lib/domain/market.ts";
import { type Refusal, REFUSAL_PRECEDENCE } from "../../lib/domain/refusals.ts";
import { aBet, ALICE, MATCH, openedWith } from "../given.ts";

type Kind = Refusal["kind"];

const leg = (marketId: string, change: Partial<QuotedLeg> = {}): QuotedLeg => ({
  marketId,
  selectionId: "home",
  price: { num: 5, den: 2 },
  ...change,
});

/** Each leg has one thing wrong with it; the stake is wrong by itself, at both ends of its range. */
const WRONG_LEGS: { readonly [K in Kind]?: QuotedLeg } = {
  selection_unknown: leg("match", { selectionId: "nobody" }),
  market_closed: leg("closed"),
  market_suspended: leg("suspended"),
  price_changed: leg("match", { price: { num: 3, den: 1 } }),
};

const MARKETS: readonly MarketState[] = [
  MATCH,
  { ...MATCH, id: "closed", status: "closed" },
  { ...MATCH, id: "suspended", status: "suspended" },
];

/** What an account of 1.00 is told when all of `wrong` holds at once, with its legs in this order. */
function refusalOf(wrong: readonly Kind[]): Refusal {
  const [, { state: account }] = openedWith(ALICE, 100);
  const legs = wrong.map((kind) => WRONG_LEGS[kind]).filter((found) => found !== undefined);
  const short = wrong.includes("insufficient_funds");
  const outside = wrong.includes("stake_out_of_range");
  const event = decide({ account, markets: new Map(MARKETS.map((one) => [one.id, one])) }, {
    ...aBet({ legs: legs.length > 0 ? legs : [leg("match")] }),
    stakeMinor: short ? 101 : 100,
    maxStakeMinor: outside ? 99 : 1_000,
  });
  assert(event.type === "bet.refused");
  return event.refusal;
}

for (const kind of REFUSAL_PRECEDENCE) {
  Deno.test(`place() refuses ${kind} when it alone holds`, () => {
    assertEquals(refusalOf([kind]).kind, kind);
  });
}

for (const [rank, stronger] of REFUSAL_PRECEDENCE.entries()) {
  for (const weaker of REFUSAL_PRECEDENCE.slice(rank + 1)) {
    Deno.test(`place() refuses ${stronger} before ${weaker}, whichever leg comes first`, () => {
      assertEquals(refusalOf([stronger, weaker]).kind, stronger);
      assertEquals(refusalOf([weaker, stronger]).kind, stronger);
    });
  }
}

Deno.test("place() refuses the strongest of everything at once", () => {
  assertEquals(refusalOf(REFUSAL_PRECEDENCE).kind, REFUSAL_PRECEDENCE[0]);
  assertEquals(refusalOf(REFUSAL_PRECEDENCE.toReversed()).kind, REFUSAL_PRECEDENCE[0]);
});

Deno.test("place() names the first of two legs that are wrong in the same way", () => {
  const [, { state: account }] = openedWith(ALICE, 100);
  const legs = [leg("match"), leg("suspended"), leg("suspended")];
  const markets = new Map(MARKETS.map((market) => [market.id, market]));
  const event = decide({ account, markets }, aBet({ legs }));
  assertEquals(event.type === "bet.refused" && event.refusal, {
    kind: "market_suspended",
    marketId: "suspended",
    leg: 1,
  });
});

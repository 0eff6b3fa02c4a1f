import { assert, assertEquals } from "@std/assert";
import type { QuotedLeg } from "../../lib/domain/bet.ts";
import type { Seen } from "../../lib/domain/decide.ts";
import type { MarketState } from "../../lib/domain/market.ts";
import { type Refusal, REFUSAL_PRECEDENCE } from "../../lib/domain/refusals.ts";
import {
  aBet,
  aHold,
  ALICE,
  anAuthorisation,
  decideOne,
  MATCH,
  NOTHING,
  openedWith,
} from "../given.ts";

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
  liability_cap: leg("full"),
};

const SELLS_NO_MORE = MATCH.selections.map((one) => ({ ...one, liabilityCapMinor: 0 }));

const MARKETS: readonly MarketState[] = [
  MATCH,
  { ...MATCH, id: "closed", status: "closed" },
  { ...MATCH, id: "suspended", status: "suspended" },
  { ...MATCH, id: "full", selections: SELLS_NO_MORE },
];

/** What an account of 1.01 sees; 0.01 of it is held when another hold is to be in the way. */
function seenWith(wrong: readonly Kind[]): Seen {
  const [, { state }] = openedWith(ALICE, 101);
  const hold = wrong.includes("hold_active") ? aHold({ amountMinor: 1 }) : null;
  const markets = new Map(MARKETS.map((one) => [one.id, one]));
  return { ...NOTHING, markets, account: { ...state, hold } };
}

/** What the account is told when all of `wrong` holds at once, with its legs in this order. */
function refusalOf(how: "place" | "authorise", wrong: readonly Kind[]): Refusal {
  const legs = wrong.map((kind) => WRONG_LEGS[kind]).filter((found) => found !== undefined);
  const asked = {
    legs: legs.length > 0 ? legs : [leg("match")],
    stakeMinor: wrong.includes("insufficient_funds") ? 102 : 100,
    maxStakeMinor: wrong.includes("stake_out_of_range") ? 99 : 1_000,
  };
  const event = decideOne(
    seenWith(wrong),
    how === "place" ? aBet(asked) : anAuthorisation(asked),
  );
  assert(event.type === (how === "place" ? "bet.refused" : "hold.refused"));
  return event.refusal;
}

const PLACE = REFUSAL_PRECEDENCE.filter((kind) => !kind.startsWith("hold_"));

/** All that can be wrong with each, in the order of precedence. */
const CAN_BE_WRONG = {
  place: PLACE,
  authorise: REFUSAL_PRECEDENCE.filter((kind) => kind === "hold_active" || PLACE.includes(kind)),
} as const;

for (const how of ["place", "authorise"] as const) {
  const kinds = CAN_BE_WRONG[how];
  for (const kind of kinds) {
    Deno.test(`${how}() refuses ${kind} when it alone holds`, () => {
      assertEquals(refusalOf(how, [kind]).kind, kind);
    });
  }

  for (const [rank, stronger] of kinds.entries()) {
    for (const weaker of kinds.slice(rank + 1)) {
      Deno.test(`${how}() refuses ${stronger} before ${weaker}, whichever leg comes first`, () => {
        assertEquals(refusalOf(how, [stronger, weaker]).kind, stronger);
        assertEquals(refusalOf(how, [weaker, stronger]).kind, stronger);
      });
    }
  }

  Deno.test(`${how}() refuses the strongest of everything at once`, () => {
    assertEquals(refusalOf(how, kinds).kind, kinds[0]);
    assertEquals(refusalOf(how, kinds.toReversed()).kind, kinds[0]);
  });
}

Deno.test("place() and authorise() name the first of two legs that are wrong in the same way", () => {
  const legs = [leg("match"), leg("suspended"), leg("suspended")];
  for (const command of [aBet({ legs }), anAuthorisation({ legs })]) {
    const event = decideOne(seenWith([]), command);
    assert(event.type === "bet.refused" || event.type === "hold.refused");
    assertEquals(event.refusal, { kind: "market_suspended", marketId: "suspended", leg: 1 });
  }
});

import * as fc from "fast-check";
import type { AccountCommand } from "../../lib/domain/commands.ts";
import type { Entry } from "../../lib/domain/entry.ts";
import { priceOf } from "../../lib/domain/price.ts";
import type { MarketState } from "../../lib/domain/market.ts";
import { aBet, ALICE, entryAfter, MATCH, openedWith } from "../given.ts";

const anyMarket: fc.Arbitrary<MarketState> = fc.record({
  status: fc.constantFrom("open", "open", "open", "suspended", "closed"),
  home: fc.constantFrom({ num: 5, den: 2 }, { num: 13, den: 5 }, { num: 12, den: 5 }),
}).map(({ status, home }) => ({
  ...MATCH,
  status,
  selections: MATCH.selections.map((one) => one.id === "home" ? { ...one, price: home } : one),
}));

const anyDeposit = fc.integer({ min: 1, max: 1_000 })
  .map((amountMinor): AccountCommand => ({ type: "deposit", amountMinor }));

const anyBet = fc.record({
  stakeMinor: fc.integer({ min: -1, max: 600 }),
  selectionId: fc.constantFrom("home", "home", "away", "nobody"),
  price: fc.constantFrom(priceOf(5, 2), priceOf(21, 11)).map((price) =>
    price ?? { num: 5, den: 2 }
  ),
  priceChange: fc.constantFrom("none", "higher", "any"),
  rounding: fc.constantFrom("floor", "halfUp"),
}).map(({ selectionId, price, ...rest }): AccountCommand =>
  aBet({ ...rest, maxStakeMinor: 500, legs: [{ marketId: "match", selectionId, price }] })
);

const anyStep = fc.record({ command: fc.oneof(anyDeposit, anyBet, anyBet), market: anyMarket });

/** A valid history of an account: opened, paid into, and bets of every kind, taken and refused. */
export const anyHistory: fc.Arbitrary<readonly Entry[]> = fc
  .tuple(fc.integer({ min: 1, max: 1_000 }), fc.array(anyStep, { maxLength: 30 }))
  .map(([balanceMinor, steps]) => {
    const [opened, deposited] = openedWith(ALICE, balanceMinor);
    const history: Entry[] = [opened, deposited];
    let newest: Entry = deposited;
    for (const [index, { command, market }] of steps.entries()) {
      newest = entryAfter(newest, command, { requestId: `request-${index}`, markets: [market] });
      history.push(newest);
    }
    return history;
  });

import * as fc from "fast-check";
import type { AccountCommand } from "../../lib/domain/commands.ts";
import type { AccountEntry } from "../../lib/domain/entry.ts";
import { isDead } from "../../lib/domain/hold.ts";
import { holdIdOf } from "../../lib/domain/ids.ts";
import type { MarketState } from "../../lib/domain/market.ts";
import { aBet, ALICE, anAuthorisation, MATCH, NOON_MS } from "../given.ts";
import { OneAccount } from "./one_account.ts";

/** What a step asks for, once it is known which holds there are and what time it is. */
type Ask = (account: OneAccount, atMs: number) => AccountCommand | null;

const anyMarket: fc.Arbitrary<MarketState> = fc.record({
  status: fc.constantFrom("open", "open", "open", "open", "suspended", "closed"),
  home: fc.constantFrom({ num: 5, den: 2 }, { num: 13, den: 5 }, { num: 12, den: 5 }),
  liabilityCapMinor: fc.constantFrom(100_000_000, 100_000_000, 600, 0),
}).map(({ status, home, liabilityCapMinor }) => ({
  ...MATCH,
  status,
  selections: MATCH.selections.map((one) => ({
    ...one,
    liabilityCapMinor,
    price: one.id === "home" ? home : one.price,
  })),
}));

const anyDeposit: fc.Arbitrary<Ask> = fc.integer({ min: 1, max: 1_000 })
  .map((amountMinor) => () => ({ type: "deposit", amountMinor }));

const anyBacking = fc.record({
  stakeMinor: fc.integer({ min: -1, max: 600 }),
  selectionId: fc.constantFrom("home", "home", "away", "nobody"),
  price: fc.constantFrom({ num: 5, den: 2 }, { num: 5, den: 2 }, { num: 21, den: 11 }),
  priceChange: fc.constantFrom("none", "higher", "any"),
  rounding: fc.constantFrom("floor", "halfUp"),
}).map(({ selectionId, price, ...rest }) => ({
  ...rest,
  maxStakeMinor: 500,
  legs: [{ marketId: "match", selectionId, price }],
}));

const anyBet: fc.Arbitrary<Ask> = anyBacking
  .map((backing) => (_, atMs) => aBet({ ...backing, atMs }));

const anyAuthorisation: fc.Arbitrary<Ask> = fc
  .tuple(anyBacking, fc.constantFrom(1, 50, 50, 200))
  .map(([backing, holdMs]) => (_, atMs) => anAuthorisation({ ...backing, holdMs, atMs }));

/** Confirms or voids the account's own hold, an older one, or one that was never there. */
const anyEnding: fc.Arbitrary<Ask> = fc.record({
  type: fc.constantFrom("confirm", "confirm", "void"),
  which: fc.constantFrom("own", "own", "own", "first", "none"),
}).map(({ type, which }) => (account, atMs) => {
  const nowhere = holdIdOf({ accountId: ALICE, seq: 1 });
  const first = account.holds.keys().next().value ?? nowhere;
  const own = account.state.hold?.id ?? first;
  const holdId = { own, first, none: nowhere }[which];
  const { betId, requestId } = aBet();
  return type === "void" ? { type, holdId, atMs } : { type, holdId, betId, requestId, atMs };
});

/** What a sweep does; nothing while no hold is dead. */
const anySweep: fc.Arbitrary<Ask> = fc.constant(({ state: { hold } }, atMs) =>
  hold && isDead(hold, atMs) ? { type: "expire", holdId: hold.id, atMs } : null
);

const anyStep = fc.record({
  ask: fc.oneof(
    anyDeposit,
    anyBet,
    anyBet,
    anyAuthorisation,
    anyAuthorisation,
    anyEnding,
    anySweep,
  ),
  market: anyMarket,
  // Clocks jump back, too.
  afterMs: fc.constantFrom(0, 1, 20, 50, 300, -40),
});

/**
 * A valid history of an account: opened, paid into, bets and holds of every kind, taken and refused,
 * held money confirmed, given up and come to its end.
 */
export const anyHistory: fc.Arbitrary<readonly AccountEntry[]> = fc
  .tuple(fc.integer({ min: 1, max: 1_000 }), fc.array(anyStep, { maxLength: 30 }))
  .map(([balanceMinor, steps]) => {
    const account = new OneAccount(balanceMinor);
    let atMs = NOON_MS;
    for (const [index, { ask, market, afterMs }] of steps.entries()) {
      atMs += afterMs;
      account.markets = [market];
      const command = ask(account, atMs);
      if (command) account.ask(command, `request-${index}`);
    }
    return account.entries;
  });

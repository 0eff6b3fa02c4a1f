import { assert, assertEquals } from "@std/assert";
import * as fc from "fast-check";
import type { Backing } from "../../lib/domain/commands.ts";
import { largestStakeMinor, selectionKey } from "../../lib/domain/exposure.ts";
import { MAX_AMOUNT_MINOR } from "../../lib/domain/money.ts";
import { type Price, returnsMinor, type Rounding } from "../../lib/domain/price.ts";
import { quote } from "../../lib/domain/quote.ts";
import { aBet, ALICE, MATCH, openedWith } from "../given.ts";
import { anyPrice } from "./any_price.ts";

const HOME = { marketId: "match", selectionId: "home" };
const anyRounding = fc.constantFrom<Rounding>("floor", "halfUp");

/** Rooms of every size, small ones often, where rounding shows. */
const anyRoom = fc.oneof(
  fc.integer({ min: 0, max: 50 }),
  fc.integer({ min: 0, max: 1_000_000 }),
  fc.integer({ min: 0, max: 10_000_000_000 }),
);

/** What the book would lose, by the rule that returns are rounded by. */
function lostMinor(bet: { stakeMinor: number; price: Price; rounding: Rounding }): number {
  return returnsMinor({ ...bet, prices: [bet.price] }) - bet.stakeMinor;
}

Deno.test("largestStakeMinor() is a stake that fits the room, and one more does not", () => {
  fc.assert(
    fc.property(anyPrice, anyRounding, anyRoom, (price, rounding, roomMinor) => {
      const stakeMinor = largestStakeMinor({ price, rounding, roomMinor });
      // Beyond that, returns are no amounts any more: no stake of the kind is ever accepted.
      fc.pre(stakeMinor * (price.num / price.den) < MAX_AMOUNT_MINOR * 0.99);
      assert(lostMinor({ stakeMinor, price, rounding }) <= roomMinor);
      assert(lostMinor({ stakeMinor: stakeMinor + 1, price, rounding }) > roomMinor);
    }),
    { numRuns: 2_000 },
  );
});

/** Price, room, largest stake under `floor` and under `halfUp`; all worked out by hand. */
const LARGEST: readonly [Price, number, number, number][] = [
  [{ num: 5, den: 2 }, 150, 100, 100], // 1.5 a penny; 101 wins 151.5
  [{ num: 5, den: 2 }, 149, 99, 99], // 100 wins 150
  [{ num: 5, den: 2 }, 151, 101, 100], // 101 wins 151.5: 151 under floor, 152 under halfUp
  [{ num: 2, den: 1 }, 7, 7, 7],
  [{ num: 101, den: 100 }, 0, 99, 49], // 0.99 wins less than a penny, 0.50 half a penny
  [{ num: 10_000, den: 1 }, 9_998, 0, 0],
  [{ num: 10_000, den: 1 }, 9_999, 1, 1],
];

for (const [price, roomMinor, floor, halfUp] of LARGEST) {
  const { num, den } = price;
  Deno.test(`largestStakeMinor() of ${roomMinor} at ${num}/${den} is ${floor}, or ${halfUp} halfUp`, () => {
    assertEquals(largestStakeMinor({ price, roomMinor, rounding: "floor" }), floor);
    assertEquals(largestStakeMinor({ price, roomMinor, rounding: "halfUp" }), halfUp);
  });
}

Deno.test("largestStakeMinor() is 0 beyond the cap, at any price", () => {
  fc.assert(fc.property(anyPrice, anyRounding, (price, rounding) => {
    assertEquals(largestStakeMinor({ price, rounding, roomMinor: -1 }), 0);
  }));
});

interface Asked {
  readonly price: Price;
  readonly rounding: Rounding;
  readonly capMinor: number;
  readonly exposedMinor: number;
  readonly balanceMinor: number;
  readonly minStakeMinor: number;
  readonly maxStakeMinor: number;
}

/** What becomes of a stake on "home", under all that was drawn. */
function quoted(asked: Asked, stakeMinor: number) {
  const { price, rounding, minStakeMinor, maxStakeMinor } = asked;
  const home = { id: "home", name: "Home", price, liabilityCapMinor: asked.capMinor };
  const account = openedWith(ALICE, asked.balanceMinor)[1].state;
  const markets = new Map([[MATCH.id, { ...MATCH, selections: [home] }]]);
  const exposures = new Map([[selectionKey(HOME), asked.exposedMinor]]);
  const legs = [{ ...HOME, price }];
  const backing: Backing = {
    ...aBet({ legs, stakeMinor, rounding, minStakeMinor, maxStakeMinor }),
  };
  return quote({ account, markets, exposures }, backing);
}

const anyAsked: fc.Arbitrary<Asked> = fc.record({
  price: fc.oneof(anyPrice, fc.constantFrom({ num: 5, den: 2 }, { num: 21, den: 11 })),
  rounding: anyRounding,
  capMinor: fc.integer({ min: 0, max: 5_000 }),
  exposedMinor: fc.integer({ min: 0, max: 6_000 }),
  balanceMinor: fc.integer({ min: 1, max: 3_000 }),
  minStakeMinor: fc.constantFrom(1, 1, 10, 500),
  maxStakeMinor: fc.integer({ min: 500, max: 4_000 }),
});

Deno.test("quote() offers the largest stake that it would accept, of all from the least to the most", () => {
  fc.assert(
    fc.property(anyAsked, fc.integer({ min: 1, max: 4_000 }), (asked, stakeMinor) => {
      const first = quoted(asked, stakeMinor);
      if (first.ok || first.refusal.kind !== "liability_cap") return;
      const { maxStakeMinor } = first.refusal;
      assert(maxStakeMinor < stakeMinor);
      const offered = maxStakeMinor > 0 ? quoted(asked, maxStakeMinor) : null;
      assert(offered === null || offered.ok);
      // More stake never costs less, so the next one that is in range settles it for all above.
      const next = quoted(asked, Math.max(maxStakeMinor + 1, asked.minStakeMinor));
      assert(!next.ok && next.refusal.kind === "liability_cap");
    }),
    { numRuns: 1_000 },
  );
});

Deno.test("quote() takes what fills the cap exactly, and names the leg of what would exceed it", () => {
  const asked: Asked = {
    ...{ price: { num: 5, den: 2 }, rounding: "floor", capMinor: 1_000, exposedMinor: 850 },
    ...{ balanceMinor: 3_000, minStakeMinor: 1, maxStakeMinor: 4_000 },
  };
  assertEquals(quoted(asked, 100).ok, true);
  const over = quoted(asked, 101);
  assert(!over.ok);
  assertEquals(over.refusal, { kind: "liability_cap", ...HOME, leg: 0, maxStakeMinor: 100 });
});

Deno.test("quote() takes a cap that was set below the liability as no room at all", () => {
  const asked: Asked = {
    ...{ price: { num: 101, den: 100 }, rounding: "floor", capMinor: 100, exposedMinor: 101 },
    ...{ balanceMinor: 3_000, minStakeMinor: 1, maxStakeMinor: 4_000 },
  };
  // Even a stake that could win nothing whole is not taken beyond the cap; at the cap it is.
  const beyond = quoted(asked, 1);
  assertEquals(!beyond.ok && beyond.refusal, {
    ...{ kind: "liability_cap", ...HOME, leg: 0, maxStakeMinor: 0 },
  });
  assertEquals(quoted({ ...asked, exposedMinor: 100 }, 1).ok, true);
});

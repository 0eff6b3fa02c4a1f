import { assertEquals, assertThrows } from "@std/assert";
import * as fc from "fast-check";
import { followMarket, type MarketEntry } from "../../lib/domain/entry.ts";
import { decideMarket } from "../../lib/domain/decide_market.ts";
import { evolveMarket } from "../../lib/domain/evolve_market.ts";
import type { MarketState, Selection } from "../../lib/domain/market.ts";
import type { MarketChange } from "../../lib/domain/market_commands.ts";
import type { MarketEvent, MarketOpened } from "../../lib/domain/market_events.ts";
import { MATCH, NOON_MS } from "../given.ts";
import { OFFERED } from "../market_entries.ts";
import { anyPrice } from "./any_price.ts";

const by = { reason: null, postings: [] } as const;
const before = { marketId: MATCH.id, state: MATCH };

function opening(change: Partial<MarketOpened> = {}): MarketOpened {
  const { eventId, name, selections } = MATCH;
  return { type: "market.opened", eventId, name, selections, ...by, ...change };
}

const named = (...ids: readonly string[]): readonly Selection[] =>
  ids.map((id) => ({ ...MATCH.selections[0]!, id }));

Deno.test("evolveMarket() opens a market at version 1", () => {
  assertEquals(evolveMarket({ marketId: MATCH.id, state: null }, opening()), MATCH);
});

Deno.test("evolveMarket() sets the caps and prices it names, keeps the others, and goes one version on", () => {
  const [home, away] = MATCH.selections as [Selection, Selection];
  const limits = [{ selectionId: "away", liabilityCapMinor: 5 }];
  assertEquals(evolveMarket(before, { type: "market.limits_set", limits, ...by }), {
    ...MATCH,
    version: 2,
    selections: [home, { ...away, liabilityCapMinor: 5 }],
  });
  const prices = [{ selectionId: "home", price: { num: 9, den: 4 } }];
  assertEquals(evolveMarket(before, { type: "market.prices_set", prices, ...by }), {
    ...MATCH,
    version: 2,
    selections: [{ ...home, price: { num: 9, den: 4 } }, away],
  });
});

Deno.test("evolveMarket() is left as it was by what is refused or so already", () => {
  const asked = { type: "suspend" } as const;
  const refusal = { kind: "market_closed" } as const;
  for (
    const event of [
      { type: "market.unchanged", asked, ...by },
      { type: "market.refused", asked, refusal, ...by },
    ] as const
  ) assertEquals(evolveMarket(before, event), MATCH);
});

Deno.test("evolveMarket() throws for what does not fit", () => {
  const nothing = { marketId: MATCH.id, state: null };
  const throws = (from: Parameters<typeof evolveMarket>[0], event: MarketEvent, why: string) =>
    assertThrows(() => evolveMarket(from, event), Error, why);
  throws(nothing, { type: "market.suspended", ...by }, "not there");
  throws(before, opening(), "there already");
  const closed: MarketState = { ...MATCH, status: "closed" };
  throws({ ...before, state: closed }, { type: "market.resumed", ...by }, "closed");
  const limits = [{ selectionId: "draw", liabilityCapMinor: 5 }];
  throws(before, { type: "market.limits_set", limits, ...by }, "has no draw");
  const negative = [{ selectionId: "home", liabilityCapMinor: -1 }];
  throws(before, { type: "market.limits_set", limits: negative, ...by }, "not an amount");
});

Deno.test("evolveMarket() opens no market that is named badly, empty, or too large for a record", () => {
  const nothing = { marketId: MATCH.id, state: null };
  for (const selections of [[], named("a", "a"), named(""), named("é"), named("a\nb")]) {
    assertThrows(() => evolveMarket(nothing, opening({ selections })), Error, "named badly");
  }
  assertThrows(() => evolveMarket({ ...nothing, marketId: "x".repeat(129) }, opening()), Error);
  const many = named(...Array.from({ length: 300 }, (_, index) => `selection ${index}`));
  assertThrows(() => evolveMarket(nothing, opening({ selections: many })), RangeError, "bytes");
});

const anyChange: fc.Arbitrary<MarketChange> = fc.oneof(
  fc.record({
    type: fc.constantFrom("suspend", "resume", "close"),
    reason: fc.constant(null),
  }),
  fc.record({
    type: fc.constant("set_limits" as const),
    limits: fc.uniqueArray(
      fc.record({
        selectionId: fc.constantFrom("home", "away", "draw"),
        liabilityCapMinor: fc.constantFrom(0, 5, 100_000_000),
      }),
      { maxLength: 3, selector: ({ selectionId }) => selectionId },
    ),
    reason: fc.constant(null),
  }),
  fc.record({
    type: fc.constant("set_prices" as const),
    prices: fc.uniqueArray(
      fc.record({ selectionId: fc.constantFrom("home", "away", "draw"), price: anyPrice }),
      { maxLength: 2, selector: ({ selectionId }) => selectionId },
    ),
    reason: fc.constant(null),
  }),
);

Deno.test("a market goes one version on exactly with each change, and never changes once it is closed", () => {
  fc.assert(fc.property(fc.array(anyChange, { maxLength: 30 }), (changes) => {
    let newest: MarketEntry = OFFERED;
    for (const change of changes) {
      const event = decideMarket(newest.state, change);
      const common = { marketId: MATCH.id, atMs: NOON_MS, actor: "system", answers: null };
      const next: MarketEntry = followMarket(newest, { ...common, event });
      const { version: was, ...before } = newest.state;
      const { version, ...after } = next.state;
      const isSame = JSON.stringify(before) === JSON.stringify(after);
      assertEquals([next.seq, version], [newest.seq + 1, was + (isSame ? 0 : 1)]);
      if (newest.state.status === "closed") assertEquals(isSame, true);
      assertEquals(
        next.state.selections.map(({ id, name }) => [id, name]),
        MATCH.selections.map(({ id, name }) => [id, name]),
      );
      newest = next;
    }
  }));
});

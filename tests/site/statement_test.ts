import { assertEquals } from "@std/assert";
import { follow } from "../../lib/domain/entry.ts";
import { namesOfLegs } from "../../lib/site/leg_names.ts";
import type { ListedEvent } from "../../lib/site/lobby.ts";
import { statementLine } from "../../lib/site/statement.ts";
import { decideOne, NOTHING } from "../given.ts";

const accountId = "acc_0123456789abcdef";
const price = { num: 5, den: 2 };
const market = {
  id: "m1",
  eventId: "e1",
  name: "Match result",
  status: "open",
  version: 1,
  selections: [{ id: "s1", name: "Harbour Town", price, liabilityCapMinor: 100_000 }],
} as const;
const listed: ListedEvent = {
  event: {
    id: "e1",
    sport: "football",
    competition: "Coastal League",
    name: "Harbour Town v Northgate",
    startsAtMs: 0,
    marketIds: ["m1"],
  },
  markets: [market],
};

const common = { accountId, atMs: 1_000, actor: "system", answers: null };
const opened = follow(null, {
  ...common,
  event: decideOne(NOTHING, { type: "open", accountId, currency: "GBP" }),
});
const funded = follow(opened, {
  ...common,
  event: decideOne({ ...NOTHING, account: opened.state }, {
    type: "deposit",
    amountMinor: 100_000,
  }),
});
const placed = follow(funded, {
  ...common,
  actor: `player:${accountId}`,
  event: decideOne({ ...NOTHING, account: funded.state, markets: new Map([["m1", market]]) }, {
    type: "place",
    betId: "bet_0123456789abcdef_3",
    requestId: "r1",
    legs: [{ marketId: "m1", selectionId: "s1", price }],
    stakeMinor: 500,
    priceChange: "none",
    minStakeMinor: 1,
    maxStakeMinor: 10_000,
    rounding: "floor",
    atMs: 1_000,
  }),
});

Deno.test("statementLine() says what moved the cash, by how much, and the balance after it", () => {
  assertEquals(statementLine(funded, [listed]), {
    seq: 2,
    atMs: 1_000,
    words: "Play money to start with",
    betId: null,
    movedMinor: 100_000,
    balanceMinor: 100_000,
  });
  assertEquals(statementLine(placed, [listed]), {
    seq: 3,
    atMs: 1_000,
    words: "Stake on Harbour Town",
    betId: "bet_0123456789abcdef_3",
    movedMinor: -500,
    balanceMinor: 99_500,
  });
});

Deno.test("namesOfLegs() falls back on ids for what is no longer on offer", () => {
  const [known, unknown] = namesOfLegs([
    { marketId: "m1", selectionId: "s1" },
    { marketId: "m2", selectionId: "s9" },
  ], [listed]);
  assertEquals(known, {
    selection: "Harbour Town",
    market: "Match result",
    event: "Harbour Town v Northgate",
    eventId: "e1",
  });
  assertEquals(unknown?.selection, "s9");
  assertEquals(unknown?.eventId, null);
});

import { assertEquals } from "@std/assert";
import type { MarketState } from "../../lib/domain/market.ts";
import { capFieldText, deskMarkets, readCap } from "../../lib/site/desk.ts";
import type { ListedEvent } from "../../lib/site/lobby.ts";

function listed(id: string, caps: readonly number[]): ListedEvent {
  const selections = caps.map((liabilityCapMinor, index) => ({
    id: `s${index}`,
    name: `Runner ${index}`,
    price: { num: 2, den: 1 },
    liabilityCapMinor,
  }));
  const market: MarketState = {
    id,
    eventId: `e-${id}`,
    name: "Winner",
    status: "open",
    version: 1,
    selections,
  };
  const event = {
    id: `e-${id}`,
    sport: "racing",
    competition: "",
    name: `Race ${id}`,
    startsAtMs: 0,
    marketIds: [id],
  } as const;
  return { event, markets: [market] };
}

Deno.test("deskMarkets() puts the worst case first, among markets and in each", () => {
  const events = [listed("a", [1_000, 1_000]), listed("b", [9_000, 9_000]), listed("c", [5])];
  const desk = deskMarkets(events, new Map([["a\ns1", 700], ["b\ns0", 100], ["b\ns1", 800]]));
  assertEquals(desk.map(({ market, worstMinor }) => [market.id, worstMinor]), [
    ["b", 800],
    ["a", 700],
    ["c", 0],
  ]);
  assertEquals(desk[0]?.rows.map((row) => row.selection.id), ["s1", "s0"]);
  assertEquals(desk[1]?.eventName, "Race a");
});

Deno.test("deskMarkets() says how full each cap is, and 100% only of what is", () => {
  const said = (liabilityMinor: number, capMinor: number) => {
    const row = deskMarkets([listed("a", [capMinor])], new Map([["a\ns0", liabilityMinor]]))[0]
      ?.rows[0];
    return [row?.state, row?.shareWords];
  };
  assertEquals(said(0, 1_000), ["calm", "0% of the cap"]);
  assertEquals(said(1, 1_000), ["calm", "under 1% of the cap"]);
  assertEquals(said(799, 1_000), ["calm", "79% of the cap"]);
  assertEquals(said(800, 1_000), ["high", "80% of the cap"]);
  assertEquals(said(999, 1_000), ["high", "99% of the cap"]);
  assertEquals(said(1_000, 1_000), ["full", "100% of the cap"]);
  assertEquals(said(1_001, 1_000), ["full", "over the cap"]);
  assertEquals(said(0, 0), ["full", "nothing is taken"]);
  assertEquals(said(999_999_999_999, 1_000_000_000_000), ["high", "99% of the cap"]);
});

Deno.test("readCap() reads pounds from nothing up, and says what it cannot read", () => {
  assertEquals(readCap("£5,000"), { ok: true, capMinor: 500_000 });
  assertEquals(readCap("0"), { ok: true, capMinor: 0 });
  for (const typed of ["", "x", "-1", "1.234", "10000000001"]) {
    assertEquals(readCap(typed).ok, false, typed);
  }
});

Deno.test("readCap() reads back what capFieldText() writes", () => {
  for (const capMinor of [0, 5, 123_456_789, 1_000_000_000_000]) {
    assertEquals(readCap(capFieldText(capMinor)), { ok: true, capMinor });
  }
});

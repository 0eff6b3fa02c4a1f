import { assertEquals } from "@std/assert";
import type { MarketState, Sport } from "../../lib/domain/market.ts";
import {
  type ListedEvent,
  lobbyGroups,
  lobbySelections,
  searchEvents,
} from "../../lib/site/lobby.ts";

const NOW = Date.UTC(2026, 10, 22, 12);
const HOUR_MS = 3_600_000;

function market(names: readonly string[], prices: readonly number[] = []): MarketState {
  const selections = names.map((name, index) => ({
    id: `s${index}`,
    name,
    price: { num: prices[index] ?? 2, den: 1 },
    liabilityCapMinor: 100_000,
  }));
  return { id: "m", eventId: "e", name: "Main", status: "open", version: 1, selections };
}

function listed(
  id: string,
  asked: { sport?: Sport; name?: string; inHours?: number; names?: readonly string[] } = {},
): ListedEvent {
  const { sport = "football", name = id, inHours = 1, names = [] } = asked;
  const startsAtMs = NOW + inHours * HOUR_MS;
  return {
    event: { id, sport, competition: "Coastal League", name, startsAtMs, marketIds: ["m"] },
    markets: [market(names)],
  };
}

const ids = (events: readonly ListedEvent[]) => events.map(({ event }) => event.id);

Deno.test("lobbyGroups() groups by sport in the book's order, then by day, then by start", () => {
  const groups = lobbyGroups([
    listed("late", { inHours: 5 }),
    listed("match", { sport: "tennis" }),
    listed("tomorrow", { inHours: 24 }),
    listed("early", { inHours: 2 }),
  ], NOW);
  assertEquals(
    groups.map(({ sport, days }) => [sport, days.map(({ day, events }) => [day, ids(events)])]),
    [
      ["football", [
        ["Today, Sunday 22 November", ["early", "late"]],
        ["Tomorrow, Monday 23 November", ["tomorrow"]],
      ]],
      ["tennis", [["Today, Sunday 22 November", ["match"]]]],
    ],
  );
});

Deno.test("searchEvents() finds every word in names, competitions, sports and selections", () => {
  const events = [
    listed("a", { name: "Atlético v Harbour Town" }),
    listed("b", { name: "The Cup", sport: "racing", names: ["Copper Kettle"] }),
  ];
  assertEquals(ids(searchEvents(events, "")), ["a", "b"]);
  assertEquals(ids(searchEvents(events, "  atletico HARBOUR ")), ["a"]);
  assertEquals(ids(searchEvents(events, "kettle")), ["b"]);
  assertEquals(ids(searchEvents(events, "horse cup")), ["b"]);
  assertEquals(ids(searchEvents(events, "coastal")), ["a", "b"]);
  assertEquals(ids(searchEvents(events, "harbour kettle")), []);
});

Deno.test("lobbySelections() keeps a short market's order and shows the favourites of a long one", () => {
  const names = (shown: MarketState) => lobbySelections(shown).map((selection) => selection.name);
  assertEquals(names(market(["home", "draw", "away"], [5, 4, 2])), ["home", "draw", "away"]);
  const race = market(["a", "b", "c", "d", "e", "f", "g"], [9, 8, 7, 6, 5, 4, 3]);
  assertEquals(names(race), ["g", "f", "e", "d", "c", "b"]);
});

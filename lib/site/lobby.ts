// Pure: the order in which the lobby shows what is on offer. Imports the domain only.
import type { MarketState, Selection, Sport, SportingEvent } from "../domain/market.ts";
import { comparePrices } from "../domain/price.ts";
import { dayText } from "./time_text.ts";

/** A sporting event with its markets, the main one first: what the book offers. */
export interface ListedEvent {
  readonly event: SportingEvent;
  readonly markets: readonly MarketState[];
}

/** One sport of the lobby, its events under the days they start on. */
export interface LobbyGroup {
  readonly sport: Sport;
  readonly days: readonly { readonly day: string; readonly events: readonly ListedEvent[] }[];
}

/** The sports in the order of the lobby, as people call them. */
export const SPORT_NAMES: { readonly [sport in Sport]: string } = {
  football: "Football",
  racing: "Horse racing",
  tennis: "Tennis",
};

/** How many prices an event has in the lobby at most; the rest are on its own page. */
export const LOBBY_PRICES = 6;

/** Groups events by sport and day, each in the order of their start. Sports without events are left out. */
export function lobbyGroups(events: readonly ListedEvent[], nowMs: number): readonly LobbyGroup[] {
  const sports = Object.keys(SPORT_NAMES) as Sport[];
  return sports.map((sport) => ({
    sport,
    days: daysOf(events.filter(({ event }) => event.sport === sport), nowMs),
  })).filter((group) => group.days.length > 0);
}

/**
 * The events whose name, competition, sport or main market's selections hold every word of the query,
 * in any case; all of them for an empty query.
 */
export function searchEvents(
  events: readonly ListedEvent[],
  query: string,
): readonly ListedEvent[] {
  const words = folded(query).split(/\s+/).filter((word) => word !== "");
  return events.filter((listed) => {
    const text = searchable(listed);
    return words.every((word) => text.includes(word));
  });
}

/**
 * What the lobby shows of a market: all of a short one in its own order, and of a long one (a race) the
 * shortest prices first.
 */
export function lobbySelections(market: MarketState): readonly Selection[] {
  if (market.selections.length <= 3) return market.selections;
  return market.selections
    .toSorted((a, b) => comparePrices(a.price, b.price))
    .slice(0, LOBBY_PRICES);
}

function daysOf(events: readonly ListedEvent[], nowMs: number): LobbyGroup["days"] {
  const days = new Map<string, ListedEvent[]>();
  for (const listed of events.toSorted((a, b) => a.event.startsAtMs - b.event.startsAtMs)) {
    const day = dayText(listed.event.startsAtMs, nowMs);
    days.set(day, [...days.get(day) ?? [], listed]);
  }
  return [...days].map(([day, ofDay]) => ({ day, events: ofDay }));
}

function searchable({ event, markets }: ListedEvent): string {
  const selections = markets[0]?.selections.map((selection) => selection.name) ?? [];
  return folded([event.name, event.competition, SPORT_NAMES[event.sport], ...selections].join(" "));
}

/** Without case and accents, so that "Atletico" finds "Atlético". */
function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{Mark}/gu, "").toLowerCase();
}

import type { MarketState, Selection, SportingEvent } from "../domain/market.ts";
import { parsePrice } from "../domain/price.ts";
import type { OfferedEvent } from "../ports/book.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A line of the demo's programme: prices are written as a trader would, decimal or fractional. */
interface Fixture {
  readonly id: string;
  readonly sport: SportingEvent["sport"];
  readonly competition: string;
  readonly name: string;
  /** How long after the start of the programme it begins. */
  readonly afterMs: number;
  /** Market names, each with its selections and their prices; the first is the main market. */
  readonly markets: { readonly [market: string]: { readonly [selection: string]: string } };
}

/** What the demo's book may lose on each selection: £1,000,000. */
const DEMO_CAP_MINOR = 100_000_000;

const PROGRAMME: readonly Fixture[] = [
  {
    id: "harbour-northgate",
    sport: "football",
    competition: "Coastal League",
    name: "Harbour Town v Northgate",
    afterMs: 2 * HOUR_MS,
    markets: {
      "Match result": { "Harbour Town": "2.50", "Draw": "3.40", "Northgate": "2.88" },
      "Both teams to score": { "Yes": "10/11", "No": "4/5" },
    },
  },
  {
    id: "millbrook-ashford",
    sport: "football",
    competition: "Coastal League",
    name: "Millbrook v Ashford Rovers",
    afterMs: 2 * HOUR_MS,
    markets: {
      "Match result": { "Millbrook": "1.62", "Draw": "4.00", "Ashford Rovers": "5.50" },
    },
  },
  {
    id: "eastcliff-wanderers",
    sport: "football",
    competition: "Coastal League",
    name: "Eastcliff v Kingsmoor Wanderers",
    afterMs: 5 * HOUR_MS,
    markets: {
      "Match result": { "Eastcliff": "3.10", "Draw": "3.25", "Kingsmoor Wanderers": "2.38" },
      "Both teams to score": { "Yes": "1.80", "No": "2.00" },
    },
  },
  {
    id: "stonebridge-valley",
    sport: "football",
    competition: "Founders Cup",
    name: "Stonebridge v Valley United",
    afterMs: 26 * HOUR_MS,
    markets: {
      "Match result": { "Stonebridge": "2.05", "Draw": "3.30", "Valley United": "3.75" },
    },
  },
  {
    id: "saltmarsh-1430",
    sport: "racing",
    competition: "Saltmarsh",
    name: "Tidewater Handicap, 1 mile",
    afterMs: 1 * HOUR_MS,
    markets: {
      "Winner": {
        "Copper Kettle": "9/4",
        "Long Meadow": "7/2",
        "Second Post": "9/2",
        "Quiet Harbour": "6/1",
        "Marram Grass": "10/1",
        "Old Signal": "16/1",
      },
    },
  },
  {
    id: "saltmarsh-1505",
    sport: "racing",
    competition: "Saltmarsh",
    name: "Breakwater Stakes, 6 furlongs",
    afterMs: 1 * HOUR_MS + 35 * MINUTE_MS,
    markets: {
      "Winner": {
        "Paper Lantern": "6/4",
        "Northern Line": "3/1",
        "Clear the Deck": "4/1",
        "Halfpenny": "8/1",
        "Windlass": "20/1",
      },
    },
  },
  {
    id: "highdown-1915",
    sport: "racing",
    competition: "Highdown",
    name: "Beacon Chase, 2 miles 4 furlongs",
    afterMs: 24 * HOUR_MS,
    markets: {
      "Winner": {
        "Granite Isle": "11/8",
        "Fair Copy": "5/2",
        "Lockkeeper": "4/1",
        "Bell Buoy": "12/1",
        "Far Shore": "33/1",
        "Thornback": "100/1",
      },
    },
  },
  {
    id: "okafor-lindqvist",
    sport: "tennis",
    competition: "Riverside Open, quarter-final",
    name: "A. Okafor v M. Lindqvist",
    afterMs: 3 * HOUR_MS,
    markets: {
      "Match winner": { "A. Okafor": "1.72", "M. Lindqvist": "2.15" },
      "First set": { "A. Okafor": "1.80", "M. Lindqvist": "2.00" },
    },
  },
  {
    id: "duarte-nakano",
    sport: "tennis",
    competition: "Riverside Open, quarter-final",
    name: "S. Duarte v R. Nakano",
    afterMs: 4 * HOUR_MS,
    markets: { "Match winner": { "S. Duarte": "2.62", "R. Nakano": "1.50" } },
  },
  {
    id: "petrova-ellis",
    sport: "tennis",
    competition: "Riverside Open, quarter-final",
    name: "V. Petrova v J. Ellis",
    afterMs: 25 * HOUR_MS,
    markets: { "Match winner": { "V. Petrova": "1.33", "J. Ellis": "3.40" } },
  },
];

/**
 * The small book that demo mode offers: invented names, fixed prices, and start times that follow the
 * quarter of an hour after `nowMs`, so that a new start always has something still to come.
 */
export function demoBook(nowMs: number): readonly OfferedEvent[] {
  const quarterMs = 15 * MINUTE_MS;
  const startMs = Math.ceil(nowMs / quarterMs) * quarterMs;
  return PROGRAMME.map((fixture) => {
    const markets = Object.entries(fixture.markets).map(([name, prices]): MarketState => ({
      id: `${fixture.id}.${slugOf(name)}`,
      eventId: fixture.id,
      name,
      status: "open",
      version: 1,
      selections: Object.entries(prices).map(selectionOf),
    }));
    const { id, sport, competition, name, afterMs } = fixture;
    const startsAtMs = startMs + afterMs;
    const marketIds = markets.map((market) => market.id);
    return { event: { id, sport, competition, name, startsAtMs, marketIds }, markets };
  });
}

function selectionOf([name, text]: [string, string]): Selection {
  const price = parsePrice(text);
  if (!price) throw new Error(`the demo's programme has a bad price for ${name}: ${text}`);
  return { id: slugOf(name), name, price, liabilityCapMinor: DEMO_CAP_MINOR };
}

function slugOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-|-$/g, "");
}

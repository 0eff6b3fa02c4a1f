import * as z from "zod";
import type { MarketState, SportingEvent } from "../domain/market.ts";
import { EventJson, eventJson } from "./event_json.ts";
import { Instant } from "./field_schemas.ts";
import type { Operation } from "./operation.ts";

const Source = z.enum(["edge", "origin"], { error: 'source is "edge" or "origin".' });

/** The query of the lobby. */
export const LobbyQuery = z.strictObject({
  source: Source.default("edge").meta({
    description: "The copy near you, at most a minute late, or the markets themselves.",
  }),
});

/** The lobby in an answer. */
export const LobbyJson = z.object({
  source: Source.meta({
    description: "Where it came from: the origin, too, when the copy was missing or too old.",
  }),
  asOf: Instant.meta({ description: "Every change before this time is in it." }),
  events: z.array(EventJson).meta({
    description: "Earliest start first, each with its main market.",
  }),
}).meta({ id: "Lobby" });

/** What the lobby's address is asked, and answers. */
export const LOBBY_OPERATION: Operation = {
  id: "getLobby",
  method: "get",
  path: "/api/lobby",
  summary: "The lobby from a copy near you, or from the markets; Server-Timing tells the cost.",
  audience: "anybody",
  query: LobbyQuery,
  answer: { status: 200, description: "For showing; no bet is decided on it.", schema: LobbyJson },
  problems: [],
};

/** The lobby as an answer shows it. */
export function lobbyJson(
  { source, picture }: {
    readonly source: "edge" | "origin";
    readonly picture: {
      readonly asOfMs: number;
      readonly events: readonly {
        readonly event: SportingEvent;
        readonly markets: readonly MarketState[];
      }[];
    };
  },
): z.output<typeof LobbyJson> {
  return {
    source,
    asOf: new Date(picture.asOfMs).toISOString(),
    events: picture.events.map(eventJson),
  };
}

/** What each look cost, for the Server-Timing header (W3C Server Timing, section 4). */
export function serverTiming(
  looks: readonly { readonly at: string; readonly found: string; readonly tookMs: number }[],
): string {
  return looks.map(({ at, found, tookMs }) => `${at};desc="${found}";dur=${tookMs}`).join(", ");
}

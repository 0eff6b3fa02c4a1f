import { define } from "../../define.ts";
import { lobbyJson, LobbyQuery, serverTiming } from "../../lib/http/lobby_json.ts";
import { problemResponse } from "../../lib/http/problem_response.ts";
import { readQuery } from "../../lib/http/read_query.ts";

/** `GET /api/lobby`: what is on offer, from the copy near the reader or from the book itself. */
export const handler = define.handlers({
  async GET({ url, state: { services, supportId } }) {
    const query = readQuery(url, LobbyQuery);
    if (!query.ok) return problemResponse(query.problem, { supportId });
    const reading = await services.lobby(query.value.source);
    return Response.json(lobbyJson(reading), {
      headers: { "server-timing": serverTiming(reading.looks) },
    });
  },
});

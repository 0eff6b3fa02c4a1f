import { define } from "../../../define.ts";
import { eventJson } from "../../../lib/http/event_json.ts";

/** `GET /api/events`: everything that can be bet on. */
export const handler = define.handlers({
  async GET({ state: { services } }) {
    const offered = await services.events();
    return Response.json({ events: offered.map(eventJson) });
  },
});

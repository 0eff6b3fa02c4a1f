import { define } from "../../../define.ts";
import { eventJson } from "../../../lib/http/event_json.ts";
import { lastSegment } from "../../../lib/http/path_segment.ts";
import { problemResponse } from "../../../lib/http/problem_response.ts";

/** `GET /api/events/:id`: one event with its markets. */
export const handler = define.handlers({
  async GET({ url, state: { services, supportId } }) {
    const eventId = lastSegment(url);
    const offered = eventId === null ? null : await services.event(eventId);
    if (offered) return Response.json(eventJson(offered));
    return problemResponse({ slug: "not-found", detail: "There is no event with this id." }, {
      supportId,
    });
  },
});

import { define } from "../../../define.ts";
import { betJson } from "../../../lib/http/bet_json.ts";
import { ownAccount } from "../../../lib/http/caller.ts";
import { lastSegment } from "../../../lib/http/path_segment.ts";
import { problemResponse } from "../../../lib/http/problem_response.ts";

/** `GET /api/bets/:id`: one of the caller's own bets; another's is as if it did not exist. */
export const handler = define.handlers({
  async GET({ url, state: { services, session, supportId } }) {
    const accountId = ownAccount(session);
    if (!accountId.ok) return problemResponse(accountId.problem, { supportId });
    const betId = lastSegment(url);
    const bet = betId === null ? null : await services.bet(accountId.value, betId);
    if (bet) return Response.json(betJson(bet));
    return problemResponse({ slug: "not-found", detail: "You have no bet with this id." }, {
      supportId,
    });
  },
});

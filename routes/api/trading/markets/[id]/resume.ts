import { define } from "../../../../../define.ts";
import { changeToldNow } from "../../../../../lib/app/told_now.ts";
import { changedResponse } from "../../../../../lib/http/changed_response.ts";
import { readMarketRequest } from "../../../../../lib/http/market_request.ts";
import { problemResponse } from "../../../../../lib/http/problem_response.ts";
import { SetStatusBody } from "../../../../../lib/http/trading_json.ts";

/** `POST /api/trading/markets/:id/resume`: takes bets again. */
export const handler = define.handlers({
  async POST({ req, state: { services, session, supportId } }) {
    const asked = await readMarketRequest(req, session, SetStatusBody);
    if (!asked.ok) return problemResponse(asked.problem, { supportId });
    const { body, ...asking } = asked.value;
    const answer = await services.changeMarket({
      ...asking,
      atMs: services.nowMs(),
      change: { type: "resume", ...body },
    });
    return changedResponse(await changeToldNow(services, answer), null);
  },
});

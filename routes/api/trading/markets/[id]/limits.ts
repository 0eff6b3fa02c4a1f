import { define } from "../../../../../define.ts";
import { changeToldNow } from "../../../../../lib/app/told_now.ts";
import { changedResponse } from "../../../../../lib/http/changed_response.ts";
import { readMarketRequest } from "../../../../../lib/http/market_request.ts";
import { problemResponse } from "../../../../../lib/http/problem_response.ts";
import { SetLimitsBody } from "../../../../../lib/http/trading_json.ts";

/** `POST /api/trading/markets/:id/limits`: sets what the book may lose on selections. */
export const handler = define.handlers({
  async POST({ req, state: { services, session, supportId } }) {
    const asked = await readMarketRequest(req, session, SetLimitsBody);
    if (!asked.ok) return problemResponse(asked.problem, { supportId });
    const { body, ...asking } = asked.value;
    const answer = await services.changeMarket({
      ...asking,
      atMs: services.nowMs(),
      change: { type: "set_limits", ...body },
    });
    return changedResponse(await changeToldNow(services, answer), "limits");
  },
});

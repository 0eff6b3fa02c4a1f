import { define } from "../../../../define.ts";
import { trader } from "../../../../lib/http/caller.ts";
import { lastSegment } from "../../../../lib/http/path_segment.ts";
import { NO_SUCH_MARKET } from "../../../../lib/http/plain_problems.ts";
import { problemResponse } from "../../../../lib/http/problem_response.ts";
import { marketExposureJson } from "../../../../lib/http/trading_json.ts";

/** `GET /api/trading/markets/:id`: a market with what the book can lose on it, for traders. */
export const handler = define.handlers({
  async GET({ url, state: { services, session, supportId } }) {
    const caller = trader(session);
    if (!caller.ok) return problemResponse(caller.problem, { supportId });
    const marketId = lastSegment(url);
    const market = marketId === null ? null : await services.market(marketId);
    if (!market) return problemResponse(NO_SUCH_MARKET, { supportId });
    const selections = market.selections.map(({ id }) => ({
      marketId: market.id,
      selectionId: id,
    }));
    return Response.json(marketExposureJson(market, await services.exposures(selections)));
  },
});

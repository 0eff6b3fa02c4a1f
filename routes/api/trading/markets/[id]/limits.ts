import { define } from "../../../../../define.ts";
import type { LimitsAnswer } from "../../../../../lib/app/set_limits.ts";
import { trader } from "../../../../../lib/http/caller.ts";
import { readIdempotencyKey } from "../../../../../lib/http/idempotency_key.ts";
import { segmentBeforeLast } from "../../../../../lib/http/path_segment.ts";
import {
  CHANGE_UNKNOWN,
  CONTENDED,
  NO_SUCH_MARKET,
} from "../../../../../lib/http/plain_problems.ts";
import type { Problem } from "../../../../../lib/http/problem.ts";
import { problemResponse } from "../../../../../lib/http/problem_response.ts";
import { readJson } from "../../../../../lib/http/read_json.ts";
import { SetLimitsBody, tradingMarketJson } from "../../../../../lib/http/trading_json.ts";

/** `POST /api/trading/markets/:id/limits`: sets what the book may lose on selections. */
export const handler = define.handlers({
  async POST({ req, url, state: { services, session, supportId } }) {
    const refuse = (problem: Problem) => problemResponse(problem, { supportId });
    const caller = trader(session);
    if (!caller.ok) return refuse(caller.problem);
    // Caps are absolute, so a repeated request finds them as it wants them: the key is not looked up.
    const key = readIdempotencyKey(req.headers);
    if (!key.ok) return refuse(key.problem);
    const body = await readJson(req, SetLimitsBody);
    if (!body.ok) return refuse(body.problem);
    const marketId = segmentBeforeLast(url);
    if (marketId === null) return refuse(NO_SUCH_MARKET);

    const answer = await services.setLimits({ marketId, limits: body.value.limits });
    if (answer.kind !== "set") return refuse(problemOf(answer));
    return Response.json({ market: tradingMarketJson(answer.market) });
  },
});

function problemOf(answer: Exclude<LimitsAnswer, { readonly kind: "set" }>): Problem {
  switch (answer.kind) {
    case "market_unknown":
      return NO_SUCH_MARKET;
    case "selection_unknown": {
      const pointer = `/limits/${answer.limit}/selectionId`;
      const detail = "There is no such selection in this market.";
      return {
        slug: "not-found",
        detail: `${detail} Nothing was changed.`,
        members: { errors: [{ pointer, detail }] },
      };
    }
    case "contended":
      return CONTENDED;
    case "unknown":
      return CHANGE_UNKNOWN;
  }
}

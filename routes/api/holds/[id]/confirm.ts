import { define } from "../../../../define.ts";
import { toldNow } from "../../../../lib/app/told_now.ts";
import { readHoldRequest } from "../../../../lib/http/bet_request.ts";
import { decidedResponse } from "../../../../lib/http/decided_response.ts";
import { problemResponse } from "../../../../lib/http/problem_response.ts";

/** `POST /api/holds/:id/confirm`: makes one of the caller's pending holds a bet. */
export const handler = define.handlers({
  async POST({ req, state: { services, session, supportId } }) {
    const asked = await readHoldRequest(req, session);
    if (!asked.ok) return problemResponse(asked.problem, { supportId });
    const answer = await services.confirmHold({ ...asked.value, atMs: services.nowMs() });
    const told = await toldNow(services, answer);
    return decidedResponse(told.answer, 200);
  },
});

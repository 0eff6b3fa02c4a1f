import { define } from "../../../define.ts";
import { toldNow } from "../../../lib/app/told_now.ts";
import { readBetRequest } from "../../../lib/http/bet_request.ts";
import { decidedResponse } from "../../../lib/http/decided_response.ts";
import { problemResponse } from "../../../lib/http/problem_response.ts";

/** `POST /api/holds`: sets the stake of a bet aside for a while, at the current price. */
export const handler = define.handlers({
  async POST({ req, state: { services, session, supportId } }) {
    const asked = await readBetRequest(req, session);
    if (!asked.ok) return problemResponse(asked.problem, { supportId });
    const answer = await services.authoriseHold({ ...asked.value, atMs: services.nowMs() });
    const told = await toldNow(services, answer);
    return decidedResponse(told.answer, told.late ? 200 : 201);
  },
});

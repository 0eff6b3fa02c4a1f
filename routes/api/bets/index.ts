import { define } from "../../../define.ts";
import { toldNow } from "../../../lib/app/told_now.ts";
import { betJson } from "../../../lib/http/bet_json.ts";
import { readBetRequest } from "../../../lib/http/bet_request.ts";
import { BetsQuery, cursorOf } from "../../../lib/http/bets_query.ts";
import { ownAccount } from "../../../lib/http/caller.ts";
import { decidedResponse } from "../../../lib/http/decided_response.ts";
import { problemResponse } from "../../../lib/http/problem_response.ts";
import { readQuery } from "../../../lib/http/read_query.ts";

/** `POST /api/bets` places a bet; `GET /api/bets` lists the caller's own, newest first. */
export const handler = define.handlers({
  async POST({ req, state: { services, session, supportId } }) {
    const asked = await readBetRequest(req, session);
    if (!asked.ok) return problemResponse(asked.problem, { supportId });
    const answer = await services.placeBet({ ...asked.value, atMs: services.nowMs() });
    const told = await toldNow(services, answer);
    return decidedResponse(told.answer, told.late ? 200 : 201);
  },

  async GET({ url, state: { services, session, supportId } }) {
    const accountId = ownAccount(session);
    if (!accountId.ok) return problemResponse(accountId.problem, { supportId });
    const query = readQuery(url, BetsQuery);
    if (!query.ok) return problemResponse(query.problem, { supportId });

    const { status, limit, cursor = null } = query.value;
    // Nothing is settled yet, so that page is empty without a look.
    const page = status === "settled"
      ? { items: [], next: null }
      : await services.bets(accountId.value, { before: cursor, limit });
    return Response.json({ bets: page.items.map(betJson), nextCursor: cursorOf(page.next) });
  },
});

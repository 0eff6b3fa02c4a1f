import { define } from "../../../define.ts";
import type { BetAnswer } from "../../../lib/app/place_bet.ts";
import { accountJson } from "../../../lib/http/account_json.ts";
import { betJson, PlaceBetBody } from "../../../lib/http/bet_json.ts";
import { BetsQuery, cursorOf } from "../../../lib/http/bets_query.ts";
import { ownAccount, playerAccount } from "../../../lib/http/caller.ts";
import { readIdempotencyKey, REPLAYED } from "../../../lib/http/idempotency_key.ts";
import type { Problem } from "../../../lib/http/problem.ts";
import { problemResponse } from "../../../lib/http/problem_response.ts";
import { readJson } from "../../../lib/http/read_json.ts";
import { readQuery } from "../../../lib/http/read_query.ts";
import { refusalProblem } from "../../../lib/http/refusal_problem.ts";
import { CONTENDED, MISMATCH, OUTCOME_UNKNOWN } from "../../../lib/http/plain_problems.ts";

/** `POST /api/bets` places a bet; `GET /api/bets` lists the caller's own, newest first. */
export const handler = define.handlers({
  async POST({ req, state: { services, session, supportId } }) {
    const notAsked = (problem: Problem) => problemResponse(problem, { supportId });
    const accountId = playerAccount(session);
    if (!accountId.ok) return notAsked(accountId.problem);
    const requestId = readIdempotencyKey(req.headers);
    if (!requestId.ok) return notAsked(requestId.problem);
    const body = await readJson(req, PlaceBetBody);
    if (!body.ok) return notAsked(body.problem);

    const answer = await services.placeBet({
      accountId: accountId.value,
      requestId: requestId.value,
      actor: `player:${accountId.value}`,
      ...body.value,
      atMs: services.nowMs(),
    });
    return toResponse(answer);
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

/** Nothing in a body tells one repetition of a request from another: all get the same bytes. */
function toResponse(answer: BetAnswer): Response {
  switch (answer.kind) {
    case "placed": {
      const { bet, account } = answer;
      return Response.json({ bet: betJson(bet), account: accountJson(account) }, {
        status: 201,
        headers: { location: `/api/bets/${bet.id}`, ...replayed(answer) },
      });
    }
    case "refused":
      return problemResponse(refusalProblem(answer.refusal), { headers: replayed(answer) });
    case "mismatch":
      return problemResponse(MISMATCH);
    case "contended":
      return problemResponse(CONTENDED);
    case "unknown":
      return problemResponse(OUTCOME_UNKNOWN);
  }
}

function replayed(answer: { readonly replayed: boolean }): Record<string, string> {
  return answer.replayed ? { [REPLAYED]: "true" } : {};
}

import { define } from "../../../define.ts";
import type { Services } from "../../../lib/app/services.ts";
import type { AccountEntry } from "../../../lib/domain/entry.ts";
import { betJson } from "../../../lib/http/bet_json.ts";
import { ownAccount } from "../../../lib/http/caller.ts";
import { holdJson } from "../../../lib/http/hold_json.ts";
import { isRequestId } from "../../../lib/http/idempotency_key.ts";
import { lastSegment } from "../../../lib/http/path_segment.ts";
import { problemDocument } from "../../../lib/http/problem.ts";
import { problemResponse } from "../../../lib/http/problem_response.ts";
import { refusalProblem } from "../../../lib/http/refusal_problem.ts";

const NOT_DECIDED = {
  slug: "not-found",
  detail:
    "Nothing was decided under this id so far, so nothing was charged for it. If the request may " +
    "still be under way, send it again with the same Idempotency-Key: it cannot be done twice.",
} as const;

/** `GET /api/requests/:requestId`: what became of one of the caller's requests. */
export const handler = define.handlers({
  async GET({ url, state: { services, session, supportId } }) {
    const accountId = ownAccount(session);
    if (!accountId.ok) return problemResponse(accountId.problem, { supportId });
    const requestId = lastSegment(url);
    const entry = requestId !== null && isRequestId(requestId)
      ? await services.request(accountId.value, requestId)
      : null;
    if (!entry) return problemResponse(NOT_DECIDED, { supportId });

    return Response.json({
      requestId,
      ...await outcomeOf(services, entry),
      decidedAt: new Date(entry.atMs).toISOString(),
      now: new Date(services.nowMs()).toISOString(),
    });
  },
});

async function outcomeOf(services: Services, { event, accountId }: AccountEntry) {
  switch (event.type) {
    case "bet.placed":
      return { status: "accepted", bet: betJson(event.bet) };
    case "hold.authorised":
    case "hold.voided": {
      const fate = await services.hold(accountId, event.hold.id);
      if (!fate) throw new Error(`hold ${event.hold.id} was authorised, and is not there`);
      return { status: "accepted", hold: holdJson(fate.hold, fate.status) };
    }
    case "bet.refused":
    case "hold.refused":
      return { status: "refused", problem: problemDocument(refusalProblem(event.refusal)) };
    case "account.opened":
    case "deposit.accepted":
    case "hold.expired":
      throw new Error(`${event.type} answers no request`);
  }
}

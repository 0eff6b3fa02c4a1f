import { define } from "../../define.ts";
import { accountJson } from "../../lib/http/account_json.ts";
import { ownAccount } from "../../lib/http/caller.ts";
import { problemResponse } from "../../lib/http/problem_response.ts";

/** `GET /api/account`: the caller's account as it is now. */
export const handler = define.handlers({
  async GET({ state: { services, session, supportId } }) {
    const accountId = ownAccount(session);
    if (!accountId.ok) return problemResponse(accountId.problem, { supportId });
    const account = await services.account(accountId.value);
    if (account) return Response.json(accountJson(account));
    return problemResponse({ slug: "not-found", detail: "The account is not there any more." }, {
      supportId,
    });
  },
});

import { define } from "../../../define.ts";
import { auditHeadJson } from "../../../lib/http/audit_json.ts";
import { signedIn } from "../../../lib/http/caller.ts";
import { problemResponse } from "../../../lib/http/problem_response.ts";

/** `GET /api/audit/head`: how many records the log has, and the hash of the last. */
export const handler = define.handlers({
  async GET({ state: { services, session, supportId } }) {
    const caller = signedIn(session);
    if (!caller.ok) return problemResponse(caller.problem, { supportId });
    return Response.json(auditHeadJson(await services.auditHead()));
  },
});

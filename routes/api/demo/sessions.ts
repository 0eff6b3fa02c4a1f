import { define } from "../../../define.ts";
import { sessionCookie } from "../../../lib/http/credentials.ts";
import { problemResponse } from "../../../lib/http/problem_response.ts";
import { readJson } from "../../../lib/http/read_json.ts";
import { StartSessionBody } from "../../../lib/http/session_json.ts";
import { CONTENDED } from "../../../lib/http/plain_problems.ts";

/**
 * `POST /api/demo/sessions`: signs anybody in, in demo mode only. A player always gets a new account
 * here, whoever asks: programs rely on it. Somebody who changes roles on the site keeps theirs.
 */
export const handler = define.handlers({
  async POST({ req, state: { services, supportId } }) {
    if (!services.demo) {
      const detail = "There is no demo here: sign in with your own account.";
      return problemResponse({ slug: "not-found", detail }, { supportId });
    }
    const body = await readJson(req, StartSessionBody);
    if (!body.ok) return problemResponse(body.problem, { supportId });

    const { role, name = null } = body.value;
    const started = await services.startDemoSession({ role, name, keep: null });
    if (!started) return problemResponse(CONTENDED, { supportId });
    const { token, session } = started;
    const accountId = session.accountId === null ? {} : { accountId: session.accountId };
    return Response.json({ token, ...accountId, role }, {
      status: 201,
      headers: { "set-cookie": sessionCookie(token, services.policy.sessionMs) },
    });
  },
});

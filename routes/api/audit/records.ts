import { define } from "../../../define.ts";
import { auditHeadJson, AuditQuery, auditRecordJson } from "../../../lib/http/audit_json.ts";
import { auditScope, signedIn } from "../../../lib/http/caller.ts";
import { problemResponse } from "../../../lib/http/problem_response.ts";
import { readQuery } from "../../../lib/http/read_query.ts";

/** `GET /api/audit/records`: a page of the log: for auditors all of it, for traders a market's, for players their own. */
export const handler = define.handlers({
  async GET({ url, state: { services, session, supportId } }) {
    // Who may ask comes before what is asked: a visitor learns nothing of the parameters.
    const caller = signedIn(session);
    if (!caller.ok) return problemResponse(caller.problem, { supportId });
    const query = readQuery(url, AuditQuery);
    if (!query.ok) return problemResponse(query.problem, { supportId });
    const scope = auditScope(session, query.value);
    if (!scope.ok) return problemResponse(scope.problem, { supportId });

    const { after, limit } = query.value;
    const records = await services.auditRecords({ chain: scope.value, after, limit });
    // Read after the page, so that it is never behind it.
    const head = await services.auditHead();
    return Response.json({ records: records.map(auditRecordJson), head: auditHeadJson(head) });
  },
});

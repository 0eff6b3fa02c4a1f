import { page } from "fresh";
import { Head } from "fresh/runtime";
import { AuditFilter } from "../components/AuditFilter.tsx";
import { AuditVisitor } from "../components/AuditVisitor.tsx";
import { Pager } from "../components/Pager.tsx";
import { RecordTable } from "../components/RecordTable.tsx";
import { define } from "../define.ts";
import VerifyRecords from "../islands/VerifyRecords.tsx";
import { recordsBefore } from "../lib/app/audit_reading.ts";
import { chainOf } from "../lib/domain/chain.ts";
import { readFilter } from "../lib/site/audit_filter.ts";
import { logWords } from "../lib/site/log_words.ts";
import { readCursor } from "../lib/site/paging.ts";
import { recordText } from "../lib/site/verdict_text.ts";
import { ZONE_WORDS } from "../lib/site/time_text.ts";

const RECORDS_A_PAGE = 20;

/** The reading room: the log's newest records, all of them for an auditor and a player's own for a player. */
export const handler = define.handlers({
  async GET({ state, url }) {
    const { services, session } = state;
    const isAuditor = session?.role === "auditor";
    const ownId = session?.role === "player" ? session.accountId : null;
    const filter = isAuditor ? readFilter(url.searchParams) : null;
    const before = readCursor(url.searchParams.get("before"));

    const { size } = await services.auditHead();
    const newest = (await recordsBefore(services, { chain: null, before: size + 1, limit: 1 }))[0];
    const mayRead = isAuditor || ownId !== null;
    const records = mayRead
      ? await recordsBefore(services, {
        chain: isAuditor ? filter && chainOf(filter.owner) : ownId,
        before: before ?? size + 1,
        limit: RECORDS_A_PAGE,
      })
      : [];
    return page({
      state: logWords({ size, newest: newest ?? null, nowMs: services.nowMs() }),
      viewer: isAuditor ? "auditor" as const : ownId !== null ? "player" as const : null,
      demo: services.demo,
      filter,
      isOlder: before !== null,
      records: records.map(recordText),
    });
  },
});

export default define.page<typeof handler>(({ data }) => {
  const { state, viewer, demo, filter, isOlder, records } = data;
  const first = records[0];
  const hasOlder = records.length === RECORDS_A_PAGE && first !== undefined && first.seq > 1;
  return (
    <main id="main" class="page" tabIndex={-1}>
      <Head>
        <title>Audit log · Holdfast</title>
      </Head>
      <header class="page-head">
        <h1>Audit log</h1>
        <p class="log-state">{state}</p>
        <p>
          Every decision about money stands here, accepted or refused, and every change of a market.
          Each record is tied to the one before it by a hash. {ZONE_WORDS}
        </p>
      </header>
      {viewer === "auditor" && <AuditFilter filter={filter} />}
      {viewer === null ? <AuditVisitor demo={demo} /> : (
        <section aria-labelledby="records">
          <h2 id="records">{viewer === "player" ? "Your records" : "Records"}</h2>
          {records.length > 0 && <VerifyRecords records={records} />}
          <RecordTable records={records} filter={filter} />
          <Pager
            name="before"
            next={hasOlder ? first.seq : null}
            isOlder={isOlder}
            what="records"
            keep={filter ? { [filter.kind]: filter.id } : {}}
          />
        </section>
      )}
    </main>
  );
});

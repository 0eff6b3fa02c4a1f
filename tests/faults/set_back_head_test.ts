import { assertEquals, assertRejects } from "@std/assert";
import { keys } from "../../lib/adapters/deno_kv/keys.ts";
import { EMPTY_HEAD, type Head } from "../../lib/audit/chain.ts";
import type { AuditLog } from "../../lib/ports/audit_log.ts";
import { verifyLog } from "../../lib/app/verify_log.ts";
import { ALICE, noWait, sha256 } from "../given.ts";
import { openAlice, openBookmaker } from "../app/bookmaker.ts";
import { inMemory, partsOn } from "./kv_home.ts";

/** The head after some of the log's records: what a careless repair could leave behind. */
async function headAfter(log: AuditLog, size: number): Promise<Head> {
  const record = (await log.read({ after: size - 1, limit: 1 }))[0];
  return record ? { size: record.seq, hash: record.hash } : EMPTY_HEAD;
}

for (const bites of ["one bite", "a bite for each commit"]) {
  Deno.test(`append() on Deno KV writes over no record, nor twice, after ${bites} and a head set back`, async () => {
    await inMemory(async (kv) => {
      const parts = partsOn(kv, { backoff: noWait });
      // Record 1 comes from the journal's first page, 2 and 3 from its second, 4 from its third.
      await openAlice(parts.ledger, 1_000);
      if (bites !== "one bite") await parts.drainer.wake();
      await parts.place();
      await parts.drainer.wake();
      const records = await parts.log.read({ after: 0, limit: 9 });
      assertEquals(records.length, 4);
      await kv.set(keys.logHead(), { ...await headAfter(parts.log, 3), page: 2 });

      await parts.place({ requestId: "behind" });
      for (const process of [parts, partsOn(kv, { backoff: noWait })]) {
        const wake = () => process.drainer.wake();
        await assertRejects(wake, Error, "the head counts 3 records, the log has 4");
      }
      assertEquals(await parts.log.read({ after: 0, limit: 9 }), records);
      assertEquals(await parts.log.waits(ALICE, 4), true);
      assertEquals(await verifyLog({ ...parts, sha256 }), {
        ok: false,
        flaw: "Record 4 is bad: the head counts 3 records, the log has 4.",
      });
    });
  });
}

Deno.test("append() in memory doubles no record behind a head that was set back", async () => {
  const { database, ledger, log, drainer, place } = await openBookmaker();
  await drainer.wake();
  database.head = await headAfter(log, 1);
  await place();
  assertEquals(await drainer.wake(), "gave_up");
  assertEquals([database.records.length, (await ledger.newest(ALICE))?.seq], [3, 3]);
});

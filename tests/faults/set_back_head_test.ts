import { assertEquals } from "@std/assert";
import { keys } from "../../lib/adapters/deno_kv/keys.ts";
import { EMPTY_HEAD, type Head } from "../../lib/audit/chain.ts";
import type { AuditLog } from "../../lib/ports/audit_log.ts";
import { verifyLog } from "../../lib/app/verify_log.ts";
import { ALICE, NOON_MS, sha256 } from "../given.ts";
import { openAlice, openBookmaker } from "../app/bookmaker.ts";
import { offerMatch, partsOn } from "./kv_home.ts";

/** The head after the first of the log's two records: what a careless repair could leave behind. */
async function headAfterOne(log: AuditLog): Promise<Head> {
  const [first] = await log.read({ after: 0, limit: 1 });
  return first ? { size: first.seq, hash: first.hash } : EMPTY_HEAD;
}

Deno.test("append() on Deno KV writes over no record behind a head that was set back", async () => {
  const kv = await Deno.openKv(":memory:");
  try {
    const parts = partsOn(kv, { backoff: { wait: () => Promise.resolve() } });
    await offerMatch(kv);
    await openAlice(parts.ledger, 1_000);
    await parts.drainer.wake();
    const records = await parts.log.read({ after: 0, limit: 9 });
    await kv.set(keys.logHead(), await headAfterOne(parts.log));

    await parts.place({ atMs: NOON_MS + 1 });
    assertEquals(await parts.drainer.wake(), "gave_up");
    assertEquals(await parts.log.read({ after: 0, limit: 9 }), records);
    assertEquals(await parts.log.waits({ accountId: ALICE, accountSeq: 3 }), true);
    assertEquals(await verifyLog({ ...parts, sha256 }), {
      ok: false,
      flaw: "Record 2 is bad: the head counts 1 records, the log has 2.",
    });
  } finally {
    kv.close();
  }
});

Deno.test("append() in memory doubles no record behind a head that was set back", async () => {
  const { database, ledger, log, drainer, place } = await openBookmaker();
  await drainer.wake();
  database.head = await headAfterOne(log);
  await place();
  assertEquals(await drainer.wake(), "gave_up");
  assertEquals([database.records.length, (await ledger.newest(ALICE))?.seq], [2, 3]);
});

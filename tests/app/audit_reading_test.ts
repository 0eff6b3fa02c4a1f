import { assertEquals } from "@std/assert";
import { createHash } from "node:crypto";
import { EMPTY_HEAD, extend, type StoredRecord } from "../../lib/audit/chain.ts";
import { recordOfEntry, recordsBefore } from "../../lib/app/audit_reading.ts";

const OURS = "acc_aaaaaaaaaaaaaaaa";
const THEIRS = "acc_bbbbbbbbbbbbbbbb";
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest();

/** A log in which every third record is ours. */
function logOf(size: number) {
  const owners: string[] = [];
  const { records } = extend(
    sha256,
    EMPTY_HEAD,
    Array.from({ length: size }, (_, index) => {
      const accountId = index % 3 === 0 ? OURS : THEIRS;
      owners.push(accountId);
      const accountSeq = owners.filter((owner) => owner === accountId).length;
      return {
        id: `rec_${accountId.slice(4)}_${accountSeq}`,
        at: "2026-11-22T14:10:03.500Z",
        type: "account.opened" as const,
        accountId,
        accountSeq,
        actor: "system",
        requestId: null,
        data: {},
      };
    }),
  );
  const auditRecords = (
    asked: { chain: string | null; after: number; limit: number },
  ): Promise<readonly StoredRecord[]> =>
    Promise.resolve(
      records
        .filter(({ seq }) => asked.chain === null || owners[seq - 1] === asked.chain)
        .filter(({ seq }) => seq > asked.after)
        .slice(0, asked.limit),
    );
  return { auditRecords };
}

const seqs = (records: readonly StoredRecord[]) => records.map(({ seq }) => seq);

Deno.test("recordsBefore() reads the newest records below a number, in the log's order", async () => {
  const log = logOf(10);
  const all = { chain: null, limit: 4 };
  assertEquals(seqs(await recordsBefore(log, { ...all, before: 11 })), [7, 8, 9, 10]);
  assertEquals(seqs(await recordsBefore(log, { ...all, before: 3 })), [1, 2]);
  assertEquals(seqs(await recordsBefore(log, { ...all, before: 1 })), []);
});

Deno.test("recordsBefore() reads one account's newest records, however long its history is", async () => {
  const log = logOf(3_010);
  const ours = { chain: OURS, limit: 3 };
  assertEquals(seqs(await recordsBefore(log, { ...ours, before: 3_011 })), [3_004, 3_007, 3_010]);
  assertEquals(seqs(await recordsBefore(log, { ...ours, before: 3_004 })), [2_995, 2_998, 3_001]);
  assertEquals(seqs(await recordsBefore(log, { ...ours, before: 1 })), []);
});

Deno.test("recordOfEntry() finds the record of one entry of an account", async () => {
  const log = logOf(3_010);
  assertEquals((await recordOfEntry(log, { accountId: OURS, seq: 1_003 }))?.seq, 3_007);
  assertEquals((await recordOfEntry(log, { accountId: OURS, seq: 1 }))?.seq, 1);
});

Deno.test("recordOfEntry() is null while the record is on its way to the log", async () => {
  assertEquals(await recordOfEntry(logOf(10), { accountId: OURS, seq: 5 }), null);
});

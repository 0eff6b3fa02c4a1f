import { assertEquals } from "@std/assert";
import { sha256 } from "@noble/hashes/sha2.js";
import { createHash } from "node:crypto";
import { EMPTY_HEAD, extend, type StoredRecord } from "../../lib/audit/chain.ts";
import { toHex } from "../../lib/audit/hash.ts";
import { fromHex, verifyPage } from "../../lib/audit/verify_page.ts";

const onServers = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest();

/** Eight records as a server chains them. */
const { records } = extend(
  onServers,
  EMPTY_HEAD,
  Array.from({ length: 8 }, (_, index) => ({
    id: `rec_0123456789abcdef_${index + 1}`,
    at: "2026-11-22T14:10:03.500Z",
    type: "account.opened" as const,
    accountId: "acc_0123456789abcdef",
    accountSeq: index + 1,
    actor: "system",
    requestId: null,
    data: {},
  })),
);

const page = (...seqs: number[]) => records.filter(({ seq }) => seqs.includes(seq));

function changed(seq: number, change: Partial<StoredRecord>): readonly StoredRecord[] {
  return records.map((record) => record.seq === seq ? { ...record, ...change } : record);
}

Deno.test("verifyPage() in the browser agrees with the chain that a server made", () => {
  assertEquals(verifyPage(sha256, records), {
    kind: "holds",
    records: 8,
    links: 7,
    firstSeq: 1,
    lastSeq: 8,
  });
});

Deno.test("verifyPage() checks a page from the middle, and one account's records with gaps between", () => {
  const inOrder = verifyPage(sha256, page(4, 5, 6));
  assertEquals(inOrder, { kind: "holds", records: 3, links: 2, firstSeq: 4, lastSeq: 6 });
  const withGaps = verifyPage(sha256, page(2, 5, 6));
  assertEquals(withGaps, { kind: "holds", records: 3, links: 1, firstSeq: 2, lastSeq: 6 });
});

Deno.test("verifyPage() names the first record whose bytes were changed", () => {
  const bytes = records[3]!.bytes.slice();
  bytes[10]! ^= 1;
  const verdict = verifyPage(sha256, changed(4, { bytes }));
  assertEquals(verdict.kind === "broken" && verdict.seq, 4);
});

Deno.test("verifyPage() names a record that was replaced together with its hash", () => {
  // A forger who recomputes one record's hash is found at the next one.
  const forged = extend(onServers, { size: 3, hash: records[2]!.hash }, [{
    id: "rec_0123456789abcdef_4",
    at: "2026-11-22T14:10:03.500Z",
    type: "account.opened",
    accountId: "acc_fffffffffffffff0",
    accountSeq: 4,
    actor: "system",
    requestId: null,
    data: {},
  }]).records[0]!;
  const verdict = verifyPage(sha256, changed(4, forged));
  assertEquals(verdict, {
    kind: "broken",
    seq: 5,
    reason: "it does not follow the record before it",
  });
});

Deno.test("verifyPage() does not take records out of order, or none", () => {
  assertEquals(verifyPage(sha256, page(4, 5).toReversed()).kind, "broken");
  assertEquals(verifyPage(sha256, []), { kind: "empty" });
});

Deno.test("fromHex() reads back what toHex() wrote, and nothing that is not whole bytes", () => {
  const hash = records[0]!.hash;
  assertEquals(fromHex(toHex(hash)), new Uint8Array(hash));
  assertEquals(fromHex(""), new Uint8Array());
  assertEquals(fromHex("abc"), null);
  assertEquals(fromHex("zz"), null);
});

import { assert, assertEquals } from "@std/assert";
import {
  EMPTY_HEAD,
  extend,
  type Head,
  linkHash,
  type StoredRecord,
} from "../../lib/audit/chain.ts";
import { draftOf, type RecordDraft } from "../../lib/audit/record.ts";
import { type Flaw, LogVerifier } from "../../lib/audit/verify.ts";
import { aBet, ALICE, BOB, entryAfter, openedWith, sha256 } from "../given.ts";
import { changeAfter, OFFERED, SUSPEND } from "../market_entries.ts";

const alice = openedWith(ALICE, 1_000);
const bob = openedWith(BOB, 1_000);
const alicesBet = entryAfter(alice[1], aBet(), { requestId: "a" });

/** Two accounts, interleaved: records 1, 3 and 5 are Alice's, 2 and 4 Bob's. */
const DRAFTS = [alice[0], bob[0], alice[1], bob[1], alicesBet].map(draftOf);
const { records: GOOD, head: HEAD } = extend(sha256, EMPTY_HEAD, DRAFTS);

/** The first flaw of a log that is read from its beginning to its end; null for none. */
function flawOf(records: readonly StoredRecord[], head: Head): Flaw | null {
  const verifier = new LogVerifier(sha256, EMPTY_HEAD);
  for (const stored of records) {
    const checked = verifier.next(stored);
    if ("flaw" in checked) return checked.flaw;
  }
  return verifier.end(head);
}

/** The good log with one record replaced. */
function withRecord(seq: number, change: (record: StoredRecord) => StoredRecord): StoredRecord[] {
  return GOOD.map((record) => record.seq === seq ? change(record) : record);
}

function flipped(bytes: Uint8Array, index: number): Uint8Array {
  return bytes.with(index, bytes[index]! ^ 1);
}

/** A log whose chain is sound, made of any drafts at all. */
function chained(drafts: readonly RecordDraft[]) {
  return extend(sha256, EMPTY_HEAD, drafts);
}

Deno.test("LogVerifier finds nothing wrong in a good log, and knows its accounts", () => {
  const verifier = new LogVerifier(sha256, EMPTY_HEAD);
  for (const [index, stored] of GOOD.entries()) {
    const checked = verifier.next(stored);
    assert("record" in checked);
    assertEquals<unknown>(checked.record, { seq: index + 1, ...DRAFTS[index] });
  }
  assertEquals(verifier.end(HEAD), null);
  assertEquals(verifier.chainSeqs, new Map([[ALICE, 3], [BOB, 2]]));
  assertEquals(flawOf([], EMPTY_HEAD), null);
});

Deno.test("LogVerifier names a missing record, wherever it was", () => {
  for (const seq of [1, 2, 4]) {
    const flaw = flawOf(GOOD.filter((record) => record.seq !== seq), HEAD);
    assertEquals(flaw, { seq, reason: `record ${seq} is missing; ${seq + 1} follows` });
  }
});

Deno.test("LogVerifier names the first of a swapped pair", () => {
  const [first, second, third, fourth, fifth] = GOOD as [
    ...[StoredRecord, StoredRecord, StoredRecord, StoredRecord, StoredRecord],
  ];
  assertEquals(flawOf([first, third, second, fourth, fifth], HEAD)?.seq, 2);
  // Also when the two were given each other's numbers.
  const renumbered = [first, { ...third, seq: 2 }, { ...second, seq: 3 }, fourth, fifth];
  assertEquals(flawOf(renumbered, HEAD), {
    seq: 2,
    reason: "it does not follow the record before it",
  });
});

Deno.test("LogVerifier names a record that comes twice", () => {
  const [first] = GOOD as [StoredRecord];
  assertEquals(flawOf([first, ...GOOD], HEAD), {
    seq: 2,
    reason: "record 2 is missing; 1 follows",
  });
});

Deno.test("LogVerifier names the record of which any one byte was changed", () => {
  const length = GOOD[2]!.bytes.length;
  for (let index = 0; index < length; index++) {
    const changed = withRecord(3, (record) => ({ ...record, bytes: flipped(record.bytes, index) }));
    assertEquals(flawOf(changed, HEAD)?.seq, 3, `byte ${index}`);
  }
});

Deno.test("LogVerifier names the record whose bytes were cut or extended", () => {
  const cut = withRecord(3, (record) => ({ ...record, bytes: record.bytes.slice(0, -1) }));
  const longer = withRecord(3, (record) => ({
    ...record,
    bytes: Uint8Array.of(...record.bytes, 32),
  }));
  for (const records of [cut, longer]) {
    assertEquals(flawOf(records, HEAD), {
      seq: 3,
      reason: "its hash is not that of its bytes and the record before it",
    });
  }
});

Deno.test("LogVerifier names the record whose hash, or hash before, was changed", () => {
  const hash = withRecord(4, (record) => ({ ...record, hash: flipped(record.hash, 31) }));
  assertEquals(flawOf(hash, HEAD), {
    seq: 4,
    reason: "its hash is not that of its bytes and the record before it",
  });
  const before = withRecord(4, (record) => ({
    ...record,
    hashBefore: flipped(record.hashBefore, 0),
  }));
  assertEquals(flawOf(before, HEAD), {
    seq: 4,
    reason: "it does not follow the record before it",
  });
});

Deno.test("LogVerifier names the record after one that was rewritten with a hash to match", () => {
  const rewritten = withRecord(2, (record) => {
    // The last digit: the record still reads as one, and only its successor can tell.
    const bytes = flipped(record.bytes, record.bytes.length - 4);
    return { ...record, bytes, hash: linkHash(sha256, record.hashBefore, bytes) };
  });
  assertEquals(flawOf(rewritten, HEAD), {
    seq: 3,
    reason: "it does not follow the record before it",
  });
});

Deno.test("LogVerifier names the last record when it was rewritten with a hash to match", () => {
  const sound = chained([...DRAFTS.slice(0, 4), { ...DRAFTS[4]!, actor: "system" }]);
  assertEquals(flawOf(sound.records, HEAD), {
    seq: 5,
    reason: "the head's hash is not the last record's",
  });
});

Deno.test("LogVerifier names an account's number that comes twice, or is skipped", () => {
  const twice = chained([DRAFTS[0]!, DRAFTS[1]!, DRAFTS[0]!]);
  assertEquals(flawOf(twice.records, twice.head), {
    seq: 3,
    reason: `account ${ALICE} goes from 1 to 1`,
  });
  const skipped = chained([DRAFTS[0]!, DRAFTS[1]!, DRAFTS[4]!]);
  assertEquals(flawOf(skipped.records, skipped.head), {
    seq: 3,
    reason: `account ${ALICE} goes from 1 to 3`,
  });
  const late = chained([DRAFTS[2]!]);
  assertEquals(flawOf(late.records, late.head), {
    seq: 1,
    reason: `account ${ALICE} goes from 0 to 2`,
  });
});

Deno.test("LogVerifier names bytes that are not a record, and those of another number", () => {
  const junk = new TextEncoder().encode("junk");
  const hash = linkHash(sha256, EMPTY_HEAD.hash, junk);
  const stored = { seq: 1, hashBefore: EMPTY_HEAD.hash, bytes: junk, hash };
  assertEquals(flawOf([stored], { size: 1, hash }), {
    seq: 1,
    reason: "its bytes are not an audit record",
  });
  const [second] = extend(sha256, { size: 1, hash: EMPTY_HEAD.hash }, DRAFTS).records;
  assertEquals(flawOf([{ ...second!, seq: 1 }], HEAD), {
    seq: 1,
    reason: "its bytes say that it is record 2",
  });
});

Deno.test("LogVerifier names the first record missing from a log cut short of its head", () => {
  for (const length of [0, 1, 4]) {
    assertEquals(flawOf(GOOD.slice(0, length), HEAD), {
      seq: length + 1,
      reason: `the head counts 5 records, the log has ${length}`,
    });
  }
});

Deno.test("LogVerifier names the first record behind a head that counts too few", () => {
  const { head } = extend(sha256, EMPTY_HEAD, DRAFTS.slice(0, 3));
  assertEquals(flawOf(GOOD, head), {
    seq: 4,
    reason: "the head counts 3 records, the log has 5",
  });
});

Deno.test("LogVerifier names the last record when the head's hash was changed", () => {
  assertEquals(flawOf(GOOD, { size: 5, hash: flipped(HEAD.hash, 0) })?.seq, 5);
});

Deno.test("LogVerifier goes on from a known head as from the beginning", () => {
  const verifier = new LogVerifier(sha256, extend(sha256, EMPTY_HEAD, DRAFTS.slice(0, 2)).head);
  verifier.chainSeqs.set(ALICE, 1).set(BOB, 1);
  for (const stored of GOOD.slice(2)) assert("record" in verifier.next(stored));
  assertEquals(verifier.end(HEAD), null);
});

Deno.test("LogVerifier counts each market's own numbers beside the accounts'", () => {
  const suspended = changeAfter(OFFERED, SUSPEND);
  const resumed = changeAfter(suspended, { type: "resume", reason: null });
  const all = [OFFERED, alice[0], suspended, resumed].map(draftOf);
  const { records, head } = chained(all);
  assertEquals(flawOf(records, head), null);
  for (const [missing, reason] of [[0, "from 0 to 2"], [2, "from 1 to 3"]] as const) {
    const log = chained(all.toSpliced(missing, 1));
    const flaw = flawOf(log.records, log.head);
    assertEquals(flaw, { seq: missing === 0 ? 2 : 3, reason: `market match goes ${reason}` });
  }
});

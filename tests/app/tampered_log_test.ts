import { assertEquals } from "@std/assert";
import type { MemoryDatabase } from "../../lib/adapters/memory/memory_database.ts";
import { verifyLog } from "../../lib/app/verify_log.ts";
import {
  EMPTY_HEAD,
  extend,
  type Head,
  linkHash,
  type StoredRecord,
} from "../../lib/audit/chain.ts";
import { decodeRecord, draftOf, entryOf, type RecordDraft } from "../../lib/audit/record.ts";
import { type AccountEntry, accountEntry } from "../../lib/domain/entry.ts";
import { ALICE, BOB, sha256 } from "../given.ts";
import { storeMatch } from "../market_entries.ts";
import { wellKept } from "./well_kept.ts";

const TAMPERED: { readonly [how: string]: readonly [(database: MemoryDatabase) => void, string] } =
  {
    "a record is missing": [
      ({ records }) => records.splice(3, 1),
      "Record 4 is bad: record 4 is missing; 5 follows.",
    ],
    "the last record is missing": [
      ({ records }) => records.pop(),
      "Record 8 is bad: the head counts 8 records, the log has 7.",
    ],
    "all records are missing": [
      ({ records }) => records.splice(0),
      "Record 1 is bad: the head counts 8 records, the log has 0.",
    ],
    "the log was emptied, its head too": [
      (database) => {
        database.records.splice(0);
        database.head = EMPTY_HEAD;
      },
      "Entry 1 of market match is neither in the log nor on its way there.",
    ],
    "the log was cut, its head too": [
      (database) => {
        database.records.splice(7);
        database.head = headAt(database, 7);
      },
      `Entry 2 of account ${BOB} is neither in the log nor on its way there.`,
    ],
    "the head counts too few": [
      (database) => database.head = headAt(database, 5),
      "Record 6 is bad: the head counts 5 records, the log has 8.",
    ],
    "the head counts none": [
      (database) => database.head = EMPTY_HEAD,
      "Record 1 is bad: the head counts 0 records, the log has 8.",
    ],
    "the head counts too many": [
      (database) => database.head = { ...database.head, size: 9 },
      "Record 9 is bad: the head counts 9 records, the log has 8.",
    ],
    "the head's hash is another": [
      (database) => database.head = { size: 8, hash: new Uint8Array(32) },
      "Record 8 is bad: the head's hash is not the last record's.",
    ],
    "a byte of a record was changed": [
      ({ records }) => change(records, 5, (one) => ({ ...one, bytes: one.bytes.with(40, 0x41) })),
      "Record 5 is bad: its hash is not that of its bytes and the record before it.",
    ],
    "a record's hash was changed": [
      ({ records }) => change(records, 2, (one) => ({ ...one, hash: new Uint8Array(32) })),
      "Record 2 is bad: its hash is not that of its bytes and the record before it.",
    ],
    "two records were swapped": [
      ({ records }) => records.splice(1, 2, records[2]!, records[1]!),
      "Record 2 is bad: record 2 is missing; 3 follows.",
    ],
    "the log was rewritten with another amount": [
      (database) =>
        rewrite(
          database,
          (draft, index) =>
            index === 2 ? { ...draft, data: { ...draft.data, amountMinor: 1_001 } } : draft,
        ),
      `Record 3 is bad: it differs from entry 2 of account ${ALICE}.`,
    ],
    "the log was rewritten with another time": [
      (database) =>
        rewrite(
          database,
          (draft, index) => index === 3 ? { ...draft, at: "2026-01-01T12:00:00.001Z" } : draft,
        ),
      `Record 4 is bad: it differs from entry 3 of account ${ALICE}.`,
    ],
    "the log was rewritten without a record": [
      (database) => rewrite(database, (draft, index) => index === 4 ? null : draft),
      `Record 5 is bad: account ${ALICE} goes from 3 to 5.`,
    ],
    "the log was rewritten without an account's last record": [
      (database) => rewrite(database, (draft, index) => index === 5 ? null : draft),
      `Entry 5 of account ${ALICE} is neither in the log nor on its way there.`,
    ],
    "the log was rewritten without an account": [
      (database) => rewrite(database, (draft) => draft.accountId === BOB ? null : draft),
      `Entry 1 of account ${BOB} is neither in the log nor on its way there.`,
    ],
    "the log was rewritten without a market's first record": [
      (database) => {
        storeMatch(database, { status: "suspended" });
        rewrite(database, (draft) => draft.type === "market.opened" ? null : draft);
      },
      "Entry 1 of market match is neither in the log nor on its way there.",
    ],
    "a market's newest record is nowhere": [
      (database) => {
        storeMatch(database, { status: "suspended" });
        database.outbox.clear();
      },
      "Entry 2 of market match is neither in the log nor on its way there.",
    ],
    "a record says more than its entry": [
      (database) => rewriteText(database, 1, (text) => text.replace(/}$/, ',"note":"paid"}')),
      `Record 2 is bad: it differs from entry 1 of account ${ALICE}.`,
    ],
    "a record of a market says another version": [
      (database) => rewriteText(database, 0, (text) => text.replace('"version":1', '"version":2')),
      "Record 1 is bad: it differs from entry 1 of market match.",
    ],
    "an account is missing": [
      (database) => {
        database.chains.delete(BOB);
      },
      `Record 7 is bad: account ${BOB} has no entry 1.`,
    ],
    "an entry was changed": [
      (database) => {
        const chain = database.chains.get(ALICE)!;
        const entry = accountEntry(chain[2]!);
        const state = { ...entry.state, balanceMinor: 1_000_000 };
        database.chains.set(ALICE, chain.with(2, { ...entry, state }));
      },
      `Record 4 is bad: it differs from entry 3 of account ${ALICE}.`,
    ],
    "an account's newest entry is missing": [
      (database) => database.chains.set(ALICE, database.chains.get(ALICE)!.slice(0, -1)),
      `Record 6 is bad: account ${ALICE} has no entry 5.`,
    ],
    "an entry was stored without its outbox row": [
      (database) => {
        const chain = database.chains.get(BOB)!;
        database.chains.set(BOB, [...chain, { ...chain[1]!, seq: 3 } as AccountEntry]);
      },
      `Entry 3 of account ${BOB} is neither in the log nor on its way there.`,
    ],
  };

for (const [how, [tamper, flaw]] of Object.entries(TAMPERED)) {
  Deno.test(`verifyLog() says where it is wrong when ${how}`, async () => {
    const bookmaker = await wellKept();
    tamper(bookmaker.database);
    assertEquals(await verifyLog({ ...bookmaker, sha256 }), { ok: false, flaw });
  });
}

function change(
  records: StoredRecord[],
  seq: number,
  how: (record: StoredRecord) => StoredRecord,
): void {
  records.splice(seq - 1, 1, how(records[seq - 1]!));
}

function headAt(database: MemoryDatabase, size: number) {
  return { size, hash: database.records[size - 1]!.hash };
}

/** A whole new log with a sound chain: what somebody with the keys to the database could write. */
function rewrite(
  database: MemoryDatabase,
  how: (draft: RecordDraft, index: number) => RecordDraft | null,
): void {
  const drafts = database.records.map((record, index) => {
    const { chain, seq } = entryOf(decodeRecord(record.bytes));
    const draft = draftOf(database.chains.get(chain)![seq - 1]!);
    return how(draft, index);
  });
  const { records, head } = extend(sha256, EMPTY_HEAD, drafts.filter((draft) => draft !== null));
  database.records.splice(0, Infinity, ...records);
  database.head = head;
}

/** A new log, soundly chained, in which the text of one record is another. */
function rewriteText(
  database: MemoryDatabase,
  index: number,
  how: (text: string) => string,
): void {
  let head: Head = EMPTY_HEAD;
  for (const [at, record] of database.records.entries()) {
    const text = new TextDecoder().decode(record.bytes);
    const bytes = at === index ? new TextEncoder().encode(how(text)) : record.bytes;
    const hash = linkHash(sha256, head.hash, bytes);
    database.records[at] = { ...record, bytes, hashBefore: head.hash, hash };
    head = { size: at + 1, hash };
  }
  database.head = head;
}

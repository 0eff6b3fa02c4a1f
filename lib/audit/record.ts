import { heldMinor } from "../domain/account.ts";
import type { Entry } from "../domain/entry.ts";
import { recordIdOf } from "../domain/ids.ts";

/**
 * What the log will say about one entry of an account, before the log gives it a number. Members are
 * the record's own, in the order in which they are written.
 */
export interface RecordDraft {
  /** One for each entry of each account: the same entry can only ever make the same record. */
  readonly id: string;
  /** When it was decided, RFC 3339 in UTC with milliseconds. */
  readonly at: string;
  /** The kind of event: `account.opened`, `deposit.accepted`, `bet.placed`, `bet.refused`. */
  readonly type: Entry["event"]["type"];
  readonly accountId: string;
  /** The account's own number of the entry: 1, 2, 3, … without gaps. */
  readonly accountSeq: number;
  readonly actor: string;
  readonly requestId: string | null;
  /** The event with its postings, and the account's amounts after it. No personal data. */
  readonly data: { readonly [member: string]: unknown };
}

/** One record of the log; `seq` is its place in it, from 1 without gaps. */
export interface AuditRecord extends RecordDraft {
  readonly seq: number;
}

/** The record that an entry of an account makes. */
export function draftOf(entry: Entry): RecordDraft {
  const { type, ...event } = entry.event;
  const { balanceMinor, atRiskMinor, version } = entry.state;
  return {
    id: recordIdOf(entry),
    at: new Date(entry.atMs).toISOString(),
    type,
    accountId: entry.accountId,
    accountSeq: entry.seq,
    actor: entry.actor,
    requestId: entry.answers?.requestId ?? null,
    data: {
      ...event,
      account: { balanceMinor, heldMinor: heldMinor(entry.state), atRiskMinor, version },
    },
  };
}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

/** Whether two drafts say the same, to the letter of their JSON. */
export function sameDraft(a: RecordDraft, b: RecordDraft): boolean {
  return JSON.stringify(membersOf(a)) === JSON.stringify(membersOf(b));
}

/**
 * The bytes that are stored and hashed: the record as JSON in UTF-8, its number first. They are made
 * once, here; every later check works on the stored bytes and never encodes a record again.
 */
export function encodeRecord(seq: number, draft: RecordDraft): Uint8Array {
  return encoder.encode(JSON.stringify({ seq, ...membersOf(draft) }));
}

/** A draft's members in the order in which they are written. */
function membersOf(draft: RecordDraft): RecordDraft {
  const { id, at, type, accountId, accountSeq, actor, requestId, data } = draft;
  return { id, at, type, accountId, accountSeq, actor, requestId, data };
}

/** Reads stored bytes back. Throws when they are not a record. */
export function decodeRecord(bytes: Uint8Array): AuditRecord {
  const record: unknown = JSON.parse(decoder.decode(bytes));
  if (!isRecord(record)) throw new Error("the stored bytes are not an audit record");
  return record;
}

function isRecord(value: unknown): value is AuditRecord {
  if (typeof value !== "object" || value === null) return false;
  const { seq, id, at, type, accountId, accountSeq, actor, requestId, data } = value as {
    [member: string]: unknown;
  };
  return Number.isSafeInteger(seq) && Number.isSafeInteger(accountSeq) &&
    [id, at, type, accountId, actor].every((member) => typeof member === "string") &&
    (requestId === null || typeof requestId === "string") &&
    typeof data === "object" && data !== null;
}

import { heldMinor } from "../domain/account.ts";
import { chainOf, type ChainOwner } from "../domain/chain.ts";
import { type AccountEntry, type Entry, isMarketEntry, type MarketEntry } from "../domain/entry.ts";
import { recordIdOf } from "../domain/ids.ts";

/**
 * What the log will say about one entry, before the log gives it a number. Members are the record's
 * own, in the order in which they are written.
 */
export type RecordDraft = AccountDraft | MarketDraft;

/** What the drafts of all chains say. */
interface DraftMembers {
  /** One for each entry of each chain: the same entry can only ever make the same record. */
  readonly id: string;
  /** When it was decided, RFC 3339 in UTC with milliseconds. */
  readonly at: string;
  readonly actor: string;
  readonly requestId: string | null;
  /** The event with its postings, and what its owner was after it. No personal data. */
  readonly data: { readonly [member: string]: unknown };
}

/** What the log will say about an entry of an account. */
export interface AccountDraft extends DraftMembers {
  /** The kind of event: `account.opened`, `deposit.accepted`, `bet.placed`, `bet.refused`, … */
  readonly type: AccountEntry["event"]["type"];
  readonly accountId: string;
  /** The account's own number of the entry: 1, 2, 3, … without gaps. */
  readonly accountSeq: number;
}

/** What the log will say about an entry of a market. */
export interface MarketDraft extends DraftMembers {
  /** The kind of event: `market.opened`, `market.suspended`, `market.prices_set`, … */
  readonly type: MarketEntry["event"]["type"];
  readonly accountId: null;
  readonly accountSeq: null;
  readonly marketId: string;
  /** The market's own number of the entry: 1, 2, 3, … without gaps. */
  readonly marketSeq: number;
}

/** One record of the log; `seq` is its place in it, from 1 without gaps. */
export type AuditRecord = RecordDraft & { readonly seq: number };

/** The record that an entry makes. */
export function draftOf(entry: Entry): RecordDraft {
  return isMarketEntry(entry) ? marketDraft(entry) : accountDraft(entry);
}

/** Whose entry a record is of, and which one. */
export function entryOf(record: RecordDraft): {
  readonly owner: ChainOwner;
  readonly chain: string;
  readonly seq: number;
} {
  const [owner, seq] = record.accountId === null
    ? [{ marketId: record.marketId }, record.marketSeq]
    : [{ accountId: record.accountId }, record.accountSeq];
  return { owner, chain: chainOf(owner), seq };
}

function accountDraft(entry: AccountEntry): AccountDraft {
  const { type, ...event } = entry.event;
  const { balanceMinor, atRiskMinor, version } = entry.state;
  return {
    type,
    accountId: entry.accountId,
    accountSeq: entry.seq,
    ...membersOf(entry, {
      ...event,
      account: { balanceMinor, heldMinor: heldMinor(entry.state), atRiskMinor, version },
    }),
  };
}

function marketDraft(entry: MarketEntry): MarketDraft {
  const { type, ...event } = entry.event;
  const { status, version } = entry.state;
  return {
    type,
    accountId: null,
    accountSeq: null,
    marketId: entry.marketId,
    marketSeq: entry.seq,
    ...membersOf(entry, { ...event, market: { status, version } }),
  };
}

function membersOf(entry: Entry, data: DraftMembers["data"]): DraftMembers {
  return {
    id: recordIdOf(entry),
    at: new Date(entry.atMs).toISOString(),
    actor: entry.actor,
    requestId: entry.answers?.requestId ?? null,
    data,
  };
}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

/**
 * The bytes that are stored and hashed: the record as JSON in UTF-8, its number first. Whoever checks
 * the log makes them again from the entry and compares; nothing else is ever encoded anew.
 */
export function encodeRecord(seq: number, draft: RecordDraft): Uint8Array {
  return encoder.encode(JSON.stringify({ seq, ...inOrder(draft) }));
}

/** A draft's members in the order in which they are written. */
function inOrder(draft: RecordDraft): RecordDraft {
  const { id, at, actor, requestId, data } = draft;
  if (draft.accountId !== null) {
    const { type, accountId, accountSeq } = draft;
    return { id, at, type, accountId, accountSeq, actor, requestId, data };
  }
  const { type, accountId, accountSeq, marketId, marketSeq } = draft;
  return { id, at, type, accountId, accountSeq, marketId, marketSeq, actor, requestId, data };
}

/** Reads stored bytes back. Throws when they are not a record. */
export function decodeRecord(bytes: Uint8Array): AuditRecord {
  const record: unknown = JSON.parse(decoder.decode(bytes));
  if (!isRecord(record)) throw new Error("the stored bytes are not an audit record");
  return record;
}

function isRecord(value: unknown): value is AuditRecord {
  if (typeof value !== "object" || value === null) return false;
  const { seq, id, at, type, actor, requestId, data, ...owner } = value as {
    [member: string]: unknown;
  };
  return Number.isSafeInteger(seq) && isOwned(owner) &&
    [id, at, type, actor].every((member) => typeof member === "string") &&
    (requestId === null || typeof requestId === "string") &&
    typeof data === "object" && data !== null;
}

/** Whether it is of exactly one chain: an account's, or a market's. */
function isOwned(owner: { readonly [member: string]: unknown }): boolean {
  const { accountId, accountSeq, marketId, marketSeq } = owner;
  if (accountId !== null) {
    return typeof accountId === "string" && Number.isSafeInteger(accountSeq) &&
      marketId === undefined && marketSeq === undefined;
  }
  return accountSeq === null && typeof marketId === "string" && Number.isSafeInteger(marketSeq);
}

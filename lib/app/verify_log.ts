import { EMPTY_HEAD, type StoredRecord } from "../audit/chain.ts";
import type { Sha256 } from "../audit/hash.ts";
import { type AuditRecord, draftOf, sameDraft } from "../audit/record.ts";
import { LogVerifier } from "../audit/verify.ts";
import type { AuditLog } from "../ports/audit_log.ts";
import type { LedgerStore } from "../ports/ledger_store.ts";

/** What a whole log was found to be. `flaw` names the first bad record or the first missing one. */
export type Verdict =
  | {
    readonly ok: true;
    readonly records: number;
    readonly accounts: number;
    /** Entries that are stored and on their way into the log. */
    readonly waiting: number;
  }
  | { readonly ok: false; readonly flaw: string };

/** What verifying needs; `progress` hears the number of records checked so far, now and then. */
export interface VerifyPorts {
  readonly ledger: LedgerStore;
  readonly log: AuditLog;
  readonly sha256: Sha256;
  readonly progress?: (records: number) => void;
}

const RECORDS_A_READ = 200;

/**
 * Reads the whole log and checks that its numbers have no gaps, that the chain of hashes holds over
 * the stored bytes, that every record says what the account's own entry says, and that no entry of any
 * account is missing. It may run beside a working server.
 */
export async function verifyLog(ports: VerifyPorts): Promise<Verdict> {
  // Taken first: every entry counted here is by now in the log or in the outbox, for both change in
  // one write. What comes later is not asked for.
  const newestSeqs = await Array.fromAsync(ports.ledger.newestSeqs());
  const verifier = new LogVerifier(ports.sha256, EMPTY_HEAD);
  const flaw = await readOn(ports, verifier) ?? await headFlaw(ports, verifier);
  if (flaw) return { ok: false, flaw };

  let waiting = 0;
  for (const { accountId, seq } of newestSeqs) {
    const missing = await missingFlaw(ports, verifier, { accountId, seq });
    if (typeof missing === "string") return { ok: false, flaw: missing };
    waiting += missing;
  }
  return { ok: true, records: verifier.head.size, accounts: newestSeqs.length, waiting };
}

/** Checks every record behind the ones already checked, or those up to a number. */
async function readOn(
  ports: VerifyPorts,
  verifier: LogVerifier,
  upTo = Infinity,
): Promise<string | null> {
  while (verifier.head.size < upTo) {
    const after = verifier.head.size;
    const limit = Math.min(RECORDS_A_READ, upTo - after);
    const page = await ports.log.read({ after, limit });
    // The log grows while it is read, but a reader is faster than its writer: the pages do end.
    if (page.length === 0) return null;
    const flaw = await pageFlaw(ports, verifier, page);
    if (flaw) return flaw;
    ports.progress?.(verifier.head.size);
  }
  return null;
}

async function pageFlaw(
  ports: VerifyPorts,
  verifier: LogVerifier,
  page: readonly StoredRecord[],
): Promise<string | null> {
  const records: AuditRecord[] = [];
  for (const stored of page) {
    const checked = verifier.next(stored);
    if ("flaw" in checked) return `Record ${checked.flaw.seq} is bad: ${checked.flaw.reason}.`;
    records.push(checked.record);
  }
  const flaws = await Promise.all(records.map((record) => entryFlaw(ports.ledger, record)));
  return flaws.find((flaw) => flaw !== null) ?? null;
}

async function entryFlaw(ledger: LedgerStore, record: AuditRecord): Promise<string | null> {
  const { seq, accountId, accountSeq } = record;
  const entry = await ledger.entry(accountId, accountSeq);
  if (!entry) return `Record ${seq} is bad: account ${accountId} has no entry ${accountSeq}.`;
  if (sameDraft(draftOf(entry), record)) return null;
  return `Record ${seq} is bad: it differs from entry ${accountSeq} of account ${accountId}.`;
}

/**
 * The head is read after the records seen so far, and both change in one write: it counts at least
 * those. What it counts besides came in between, and is read before the two are compared.
 */
async function headFlaw(ports: VerifyPorts, verifier: LogVerifier): Promise<string | null> {
  const head = await ports.log.head();
  const flaw = await readOn(ports, verifier, head.size);
  if (flaw) return flaw;
  const ended = verifier.end(head);
  return ended && `Record ${ended.seq} is bad: ${ended.reason}.`;
}

/** How many entries up to `seq` still wait in the outbox; a flaw for one that is nowhere. */
async function missingFlaw(
  ports: VerifyPorts,
  verifier: LogVerifier,
  newest: { readonly accountId: string; readonly seq: number },
): Promise<string | number> {
  const { accountId } = newest;
  const logged = () => verifier.accountSeqs.get(accountId) ?? 0;
  let waiting = 0;
  for (let seq = logged() + 1; seq <= newest.seq; seq++) {
    if (await ports.log.waits({ accountId, accountSeq: seq })) {
      waiting++;
      continue;
    }
    // It left the outbox, so by now the log must have it.
    const flaw = await readOn(ports, verifier);
    if (flaw) return flaw;
    if (logged() < seq) {
      return `Entry ${seq} of account ${accountId} is neither in the log nor on its way there.`;
    }
  }
  return waiting;
}

import { EMPTY_HEAD, type StoredRecord } from "../audit/chain.ts";
import { sameBytes, type Sha256 } from "../audit/hash.ts";
import { type AuditRecord, draftOf, encodeRecord, entryOf } from "../audit/record.ts";
import { LogVerifier } from "../audit/verify.ts";
import { chainOf, ownerWords } from "../domain/chain.ts";
import type { AuditLog } from "../ports/audit_log.ts";
import type { ChainEnd, LedgerStore } from "../ports/ledger_store.ts";

/** What a whole log was found to be. `flaw` names the first bad record or the first missing one. */
export type Verdict =
  | {
    readonly ok: true;
    readonly records: number;
    readonly accounts: number;
    readonly markets: number;
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
 * the stored bytes, that every record's bytes are those that its entry makes, and that no entry of any
 * account or market is missing. It may run beside a working server.
 */
export async function verifyLog(ports: VerifyPorts): Promise<Verdict> {
  // Taken first: every entry counted here is by now in the log or in the outbox, for both change in
  // one write. What comes later is not asked for.
  const ends = await Array.fromAsync(ports.ledger.chainEnds());
  const verifier = new LogVerifier(ports.sha256, EMPTY_HEAD);
  const flaw = await readOn(ports, verifier) ?? await headFlaw(ports, verifier);
  if (flaw) return { ok: false, flaw };

  let waiting = 0;
  for (const end of ends) {
    const missing = await missingFlaw(ports, verifier, end);
    if (typeof missing === "string") return { ok: false, flaw: missing };
    waiting += missing;
  }
  const markets = ends.filter((end) => "marketId" in end).length;
  const accounts = ends.length - markets;
  return { ok: true, records: verifier.head.size, accounts, markets, waiting };
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
  const read: { readonly stored: StoredRecord; readonly record: AuditRecord }[] = [];
  for (const stored of page) {
    const next = verifier.next(stored);
    if ("flaw" in next) return `Record ${next.flaw.seq} is bad: ${next.flaw.reason}.`;
    read.push({ stored, record: next.record });
  }
  const flaws = await Promise.all(
    read.map(({ stored, record }) => entryFlaw(ports.ledger, stored, record)),
  );
  return flaws.find((flaw) => flaw !== null) ?? null;
}

/** Whether the stored bytes are, to the last one, those that the entry makes. */
async function entryFlaw(
  ledger: LedgerStore,
  stored: StoredRecord,
  record: AuditRecord,
): Promise<string | null> {
  const { owner, chain, seq } = entryOf(record);
  const whose = ownerWords(owner);
  const entry = await ledger.entry(chain, seq);
  if (!entry) return `Record ${stored.seq} is bad: ${whose} has no entry ${seq}.`;
  if (sameBytes(stored.bytes, encodeRecord(stored.seq, draftOf(entry)))) return null;
  return `Record ${stored.seq} is bad: it differs from entry ${seq} of ${whose}.`;
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
  end: ChainEnd,
): Promise<string | number> {
  const chain = chainOf(end);
  const logged = () => verifier.chainSeqs.get(chain) ?? 0;
  let waiting = 0;
  for (let seq = logged() + 1; seq <= end.seq; seq++) {
    if (await ports.log.waits(chain, seq)) {
      waiting++;
      continue;
    }
    // It left the outbox, so by now the log must have it.
    const flaw = await readOn(ports, verifier);
    if (flaw) return flaw;
    if (logged() < seq) {
      return `Entry ${seq} of ${ownerWords(end)} is neither in the log nor on its way there.`;
    }
  }
  return waiting;
}

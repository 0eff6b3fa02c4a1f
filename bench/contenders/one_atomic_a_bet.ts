import { createHash } from "node:crypto";
import {
  accountIdAt,
  BALANCE_MINOR,
  LIABILITY_CAP_MINOR,
  PRICE,
  selectionAt,
  SELECTIONS,
  STAKE_MINOR,
} from "../book.ts";
import type { AuditWatch, BenchBet, Contender } from "../contender.ts";
import { SimpleLog } from "./simple_log.ts";

interface Account {
  readonly balanceMinor: number;
  readonly atRiskMinor: number;
  readonly seq: number;
}

interface Selection {
  readonly status: "open" | "closed";
  readonly price: { readonly num: number; readonly den: number };
  readonly liabilityMinor: number;
  readonly capMinor: number;
}

/** After so many attempts a bet is refused; until then it waits and tries again. */
const ATTEMPTS = 50;
const LONGEST_WAIT_MS = 100;
const ACCOUNTS_A_WRITE = 500;

/**
 * What anybody would build first on Deno KV, and the measure of what group commit gains: read, decide,
 * one `kv.atomic()` with a check on everything read, and again when a check fails. It is frozen: it uses
 * nothing of the ledger, so that the ledger can change without moving its own yardstick.
 */
export class OneAtomicABet implements Contender {
  #kv: Deno.Kv | null = null;
  #log: SimpleLog | null = null;

  constructor(readonly folder: string) {}

  async open(accounts: number): Promise<void> {
    const kv = await Deno.openKv(`${this.folder}/one_atomic.db`);
    this.#kv = kv;
    for (let index = 0; index < SELECTIONS; index++) {
      const { marketId, selectionId } = selectionAt(index);
      const selection: Selection = {
        ...{ status: "open", price: PRICE },
        ...{ liabilityMinor: 0, capMinor: LIABILITY_CAP_MINOR },
      };
      await kv.set(["selection", marketId, selectionId], selection);
    }
    for (let start = 0; start < accounts; start += ACCOUNTS_A_WRITE) {
      const atomic = kv.atomic();
      for (let index = start; index < Math.min(accounts, start + ACCOUNTS_A_WRITE); index++) {
        const account: Account = { balanceMinor: BALANCE_MINOR, atRiskMinor: 0, seq: 1 };
        atomic.set(["account", accountIdAt(index)], account);
      }
      await atomic.commit();
    }
    const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest();
    this.#log = new SimpleLog(kv, sha256);
  }

  async place(bet: BenchBet): Promise<"placed" | "refused"> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const end = await this.#attempt(bet);
      if (end !== "conflict") return end;
      const longest = Math.min(LONGEST_WAIT_MS, 2 ** attempt);
      const waitMs = longest * (0.5 + Math.random() / 2);
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
    return "refused";
  }

  async #attempt(bet: BenchBet): Promise<"placed" | "refused" | "conflict"> {
    const { kv, log } = this.#opened();
    const accountId = accountIdAt(bet.accountIndex);
    const { marketId, selectionId } = selectionAt(bet.selectionIndex);
    const [seenAccount, seenSelection, seenRequest] = await kv.getMany<
      [Account, Selection, { type: string }]
    >([
      ["account", accountId],
      ["selection", marketId, selectionId],
      ["request", accountId, bet.requestId],
    ]);
    const [account, selection] = [seenAccount.value, seenSelection.value];
    if (seenRequest.value) return seenRequest.value.type === "bet.placed" ? "placed" : "refused";
    if (!account || !selection) return "refused";

    const returnsMinor = Math.floor(STAKE_MINOR * PRICE.num / PRICE.den);
    const liabilityMinor = selection.liabilityMinor + returnsMinor - STAKE_MINOR;
    const taken = selection.status === "open" && account.balanceMinor >= STAKE_MINOR &&
      selection.price.num === PRICE.num && selection.price.den === PRICE.den &&
      liabilityMinor <= selection.capMinor;
    const seq = account.seq + 1;
    const type = taken ? "bet.placed" : "bet.refused";
    const placed = {
      ...{ accountId, seq, requestId: bet.requestId, type, at: new Date().toISOString() },
      ...{ marketId, selectionId, price: PRICE, stakeMinor: STAKE_MINOR, returnsMinor },
    };
    const atomic = kv.atomic().check(seenAccount, seenSelection, seenRequest);
    const stakeMinor = taken ? STAKE_MINOR : 0;
    const next: Account = {
      balanceMinor: account.balanceMinor - stakeMinor,
      atRiskMinor: account.atRiskMinor + stakeMinor,
      seq,
    };
    atomic.set(["account", accountId], next);
    if (taken) atomic.set(["selection", marketId, selectionId], { ...selection, liabilityMinor });
    atomic.set(["request", accountId, bet.requestId], { type, seq, account: next });
    atomic.set(["bet", accountId, seq], placed);
    atomic.set(["outbox", accountId, seq], { ...placed, account: next });
    if (!(await commitUnlessLocked(atomic))) return "conflict";
    log.wake();
    return taken ? "placed" : "refused";
  }

  async settle(): Promise<void> {
    await this.#opened().log.drained();
  }

  get audit(): AuditWatch {
    return this.#opened().log;
  }

  async close(): Promise<void> {
    await this.#log?.drained();
    this.#kv?.close();
  }

  #opened(): { readonly kv: Deno.Kv; readonly log: SimpleLog } {
    if (!this.#kv || !this.#log) throw new Error("the ledger is not open");
    return { kv: this.#kv, log: this.#log };
  }
}

async function commitUnlessLocked(atomic: Deno.AtomicOperation): Promise<boolean> {
  try {
    return (await atomic.commit()).ok;
  } catch (error) {
    if (error instanceof Error && error.message.includes("database is locked")) return false;
    throw error;
  }
}

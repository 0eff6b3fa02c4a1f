import { LRUCache } from "lru-cache";
import type { AccountEntry, Newest } from "../../domain/entry.ts";
import type { IndexEnd } from "./chain_index.ts";
import { type KnownRequests, MANY_REQUESTS } from "./known_requests.ts";

/** What is known of an account without asking the store. */
export interface KnownAccount {
  readonly newest: Newest;
  /**
   * Every request id that the account has ever answered; null when they are too many to keep. With it,
   * a request's absence needs neither a read nor a check: a newer answer would stand in the journal,
   * whose end is checked.
   */
  readonly requests: KnownRequests | null;
  /** The newer end of its index, as its row has it; null when that is not known. */
  readonly drawn: IndexEnd | null;
}

/** How much is kept, in units of about 16 bytes: each request id counts one. */
const WEIGHT_KEPT = 5_000_000;
const WEIGHT_OF_ACCOUNT = 50;
const WEIGHT_OF_RECENT_ENTRY = 8;

/** The accounts that this process has lately dealt with, as of the last page it knows. */
export class AccountMemory {
  readonly #accounts: LRUCache<string, KnownAccount>;
  /** Accounts with more requests than this keep none, so that one does not drive out all others. */
  readonly #manyRequests: number;

  constructor(weightKept: number = WEIGHT_KEPT) {
    this.#manyRequests = Math.min(MANY_REQUESTS, Math.floor(weightKept / 2));
    this.#accounts = new LRUCache({
      maxSize: weightKept,
      sizeCalculation: ({ requests, drawn }) =>
        WEIGHT_OF_ACCOUNT + (requests?.size ?? 0) +
        WEIGHT_OF_RECENT_ENTRY * (drawn?.recent.length ?? 0),
    });
  }

  get(accountId: string): KnownAccount | undefined {
    return this.#accounts.get(accountId);
  }

  set(accountId: string, known: KnownAccount): void {
    const many = (known.requests?.size ?? 0) > this.#manyRequests;
    this.#accounts.set(accountId, many ? { ...known, requests: null } : known);
  }

  /** Takes note of an entry behind the newest one; an account that is not known stays unknown. */
  follow(entry: AccountEntry): void {
    const { accountId, seq, state, answers } = entry;
    const known = this.#accounts.get(accountId);
    if (!known) return;
    if (answers) known.requests?.add(answers.requestId);
    this.set(accountId, { ...known, newest: { seq, state } });
  }

  /** Takes note of what its row has now; an account that is not known stays unknown. */
  drew(accountId: string, drawn: IndexEnd): void {
    const known = this.#accounts.get(accountId);
    if (known) this.#accounts.set(accountId, { ...known, drawn });
  }

  /** Others may have drawn rows: what this process knows of them may be out of date. */
  forgetDrawn(): void {
    for (const [accountId, known] of this.#accounts) {
      if (known.drawn) this.#accounts.set(accountId, { ...known, drawn: null });
    }
  }

  clear(): void {
    this.#accounts.clear();
  }
}

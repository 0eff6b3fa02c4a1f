import { LRUCache } from "lru-cache";
import type { AccountEntry, Newest } from "../../domain/entry.ts";
import { type KnownRequests, MANY_REQUESTS } from "./known_requests.ts";

/** What is known of an account without asking the store. */
export interface KnownAccount {
  readonly newest: Newest;
  /**
   * Every request id that the account has ever answered; null when that is not known. With it, a
   * request's absence needs neither a read nor a check: a newer answer would stand in the journal,
   * whose end is checked.
   */
  readonly requests: KnownRequests | null;
  /** Whether they were looked for and found to be too many to read. */
  readonly tooMany: boolean;
}

/** How much is kept: an account counts fifty, each of its request ids one; about 16 bytes each. */
const WEIGHT_KEPT = 5_000_000;
const WEIGHT_OF_ACCOUNT = 50;

/** The accounts that this process has lately dealt with, as of the last page it knows. */
export class AccountMemory {
  readonly #accounts: LRUCache<string, KnownAccount>;

  constructor(weightKept: number = WEIGHT_KEPT) {
    this.#accounts = new LRUCache({
      maxSize: weightKept,
      sizeCalculation: (known) => WEIGHT_OF_ACCOUNT + (known.requests?.size ?? 0),
    });
  }

  get(accountId: string): KnownAccount | undefined {
    return this.#accounts.get(accountId);
  }

  set(accountId: string, known: KnownAccount): void {
    this.#accounts.set(accountId, known);
  }

  /** Takes note of an entry behind the newest one; an account that is not known stays unknown. */
  follow(entry: AccountEntry): void {
    const { accountId, seq, state, answers } = entry;
    const known = this.#accounts.get(accountId);
    if (!known) return;
    const newest = { seq, state };
    if (answers) known.requests?.add(answers.requestId, seq);
    const tooMany = known.tooMany || (known.requests?.size ?? 0) > MANY_REQUESTS;
    this.#accounts.set(accountId, { newest, requests: tooMany ? null : known.requests, tooMany });
  }

  clear(): void {
    this.#accounts.clear();
  }
}

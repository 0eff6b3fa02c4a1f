import { LRUCache } from "lru-cache";
import type { Entry, Newest } from "../../domain/entry.ts";

/** What is known of an account without asking the store. */
export interface KnownAccount {
  readonly newest: Newest;
  /**
   * Every request id that the account has ever answered, with the entry's number; null when that is
   * not known. With it, a request's absence needs neither a read nor a check: a newer answer would
   * stand in the journal, whose end is checked.
   */
  readonly requests: Map<string, number> | null;
  /** Whether they were looked for and found to be too many to read. */
  readonly tooMany: boolean;
}

/** How much is kept: an account counts ten, and each of its request ids one. */
const WEIGHT_KEPT = 3_000_000;

/** The accounts that this process has lately dealt with, as of the last page it knows. */
export class AccountMemory {
  readonly #accounts = new LRUCache<string, KnownAccount>({
    maxSize: WEIGHT_KEPT,
    sizeCalculation: (known) => 10 + (known.requests?.size ?? 0),
  });

  get(accountId: string): KnownAccount | undefined {
    return this.#accounts.get(accountId);
  }

  set(accountId: string, known: KnownAccount): void {
    this.#accounts.set(accountId, known);
  }

  /** Takes note of an entry behind the newest one; an account that is not known stays unknown. */
  follow(entry: Entry): void {
    const { accountId, seq, state, answers } = entry;
    const known = this.#accounts.get(accountId);
    if (!known) return;
    if (answers) known.requests?.set(answers.requestId, seq);
    this.#accounts.set(accountId, { ...known, newest: { seq, state } });
  }

  clear(): void {
    this.#accounts.clear();
  }
}

import { keys } from "../../lib/adapters/deno_kv/keys.ts";
import type { KvBackend } from "../../lib/adapters/deno_kv/kv_backend.ts";
import type { AccountEntry } from "../../lib/domain/entry.ts";
import { accountIdAt, BALANCE_MINOR } from "../book.ts";

/** Writes in flight at once: the next one is serialised while the last one is stored. */
const WRITES_AT_ONCE = 2;

/** Bytes that a seeded entry takes at most, key included. */
const BYTES_AN_ENTRY = 600;

/**
 * Fills an empty database with accounts, many in a write. Each begins with one entry, a deposit, and
 * has no record of it in the log: only the benches may do that.
 */
export async function seedAccounts(
  kv: Deno.Kv,
  backend: KvBackend,
  accounts: number,
): Promise<void> {
  const together = Math.min(
    backend.mutationsAnAtomic,
    Math.floor(backend.bytesAnAtomic / BYTES_AN_ENTRY),
  );
  let next = 0;
  await Promise.all(Array.from({ length: WRITES_AT_ONCE }, async () => {
    while (next < accounts) {
      const end = Math.min(accounts, next + together);
      const atomic = kv.atomic();
      for (; next < end; next++) {
        const { accountId, state } = firstEntry(accountIdAt(next));
        atomic.set(keys.account(accountId), { seq: 1, state, recent: [], run: null });
      }
      await atomic.commit();
    }
  }));
}

function firstEntry(accountId: string): AccountEntry {
  return {
    accountId,
    seq: 1,
    atMs: Date.now(),
    actor: "system",
    answers: null,
    event: { type: "deposit.accepted", amountMinor: BALANCE_MINOR, postings: [] },
    state: {
      id: accountId,
      currency: "GBP",
      status: "open",
      version: 1,
      balanceMinor: BALANCE_MINOR,
      atRiskMinor: 0,
      hold: null,
    },
  };
}

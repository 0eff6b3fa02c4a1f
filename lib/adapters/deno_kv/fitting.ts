import type { LedgerQuery } from "../../ports/ledger_store.ts";
import type { AccountMemory } from "./account_memory.ts";
import type { KvBackend } from "./kv_backend.ts";

/** At most two entries a query, each in a page of its own at worst, and a message. */
const MUTATIONS_A_QUERY = 3;

/** Above what two entries take: one of a bet with one leg is about 1,000 bytes. */
const BYTES_OF_ACCOUNT = 3_000;

/** Above what an entry takes that names every selection of a large market, twice. */
const BYTES_OF_MARKET = 60_000;

/** The journal's next page is always checked. */
const CHECKS_A_COMMIT = 1;

/** How many of the queries, from the first, one atomic can take; at least one. */
export function fitting(
  backend: KvBackend,
  accounts: AccountMemory,
  queries: readonly LedgerQuery[],
): number {
  const byWrites = Math.floor(backend.mutationsAnAtomic / MUTATIONS_A_QUERY);
  let checks = CHECKS_A_COMMIT;
  let bytes = 0;
  let fit = 0;
  for (const query of queries.slice(0, byWrites)) {
    checks += isChecked(accounts, query) ? 1 : 0;
    bytes += "marketId" in query ? BYTES_OF_MARKET : BYTES_OF_ACCOUNT;
    if (checks > backend.checksAnAtomic || bytes > backend.bytesAnAtomic) break;
    fit++;
  }
  return Math.max(1, fit);
}

/** Whether the commit has to check that the query's request was not answered. */
function isChecked(accounts: AccountMemory, query: LedgerQuery): boolean {
  if ("marketId" in query || query.requestId === null) return false;
  const known = accounts.get(query.accountId);
  return !known?.requests || known.requests.has(query.requestId);
}

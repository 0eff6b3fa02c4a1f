import type { LedgerQuery } from "../../ports/ledger_store.ts";
import type { AccountMemory } from "./account_memory.ts";
import type { KvBackend } from "./kv_backend.ts";

/** At most two entries a query, each in a page of its own at worst, and a message. */
const MUTATIONS_A_QUERY = 3;

/** Above what two entries take: one of a bet with one leg is about 1,000 bytes. */
const BYTES_A_QUERY = 3_000;

/** The journal's next page is always checked. */
const CHECKS_A_COMMIT = 1;

/** How many of the queries, from the first, one atomic can take; at least one. */
export function fitting(
  backend: KvBackend,
  accounts: AccountMemory,
  queries: readonly LedgerQuery[],
): number {
  const byWrites = Math.min(
    Math.floor(backend.mutationsAnAtomic / MUTATIONS_A_QUERY),
    Math.floor(backend.bytesAnAtomic / BYTES_A_QUERY),
  );
  const checked = new Set<string>();
  let fit = 0;
  for (const query of queries.slice(0, byWrites)) {
    for (const name of checksOf(accounts, query)) checked.add(name);
    if (fit > 0 && checked.size + CHECKS_A_COMMIT > backend.checksAnAtomic) break;
    fit++;
  }
  return Math.max(1, fit);
}

/** Names of what the commit of a query would check; equal names are one check. */
function checksOf(accounts: AccountMemory, query: LedgerQuery): readonly string[] {
  const { accountId, marketIds } = query;
  const ownLegs = accounts.get(accountId)?.newest?.state.hold?.legs ?? [];
  return [
    ...[...marketIds, ...ownLegs.map((leg) => leg.marketId)].map((id) => `market ${id}`),
  ];
}

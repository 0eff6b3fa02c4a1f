import type { LedgerQuery } from "../../ports/ledger_store.ts";
import type { KvBackend } from "./kv_backend.ts";

/** At most two entries a query, each in a page of its own at worst, and a message. */
const MUTATIONS_A_QUERY = 3;

/** Above what two entries take: one of a bet with one leg is about 1,000 bytes. */
const BYTES_OF_ACCOUNT = 3_000;

/** Above what an entry takes that names every selection of a large market, twice. */
const BYTES_OF_MARKET = 60_000;

/** How many of the queries, from the first, one atomic can take; at least one. */
export function fitting(backend: KvBackend, queries: readonly LedgerQuery[]): number {
  const byWrites = Math.floor(backend.mutationsAnAtomic / MUTATIONS_A_QUERY);
  let bytes = 0;
  let fit = 0;
  for (const query of queries.slice(0, byWrites)) {
    bytes += "marketId" in query ? BYTES_OF_MARKET : BYTES_OF_ACCOUNT;
    if (bytes > backend.bytesAnAtomic) break;
    fit++;
  }
  return Math.max(1, fit);
}

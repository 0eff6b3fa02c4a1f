// Pure: what an auditor narrows the log to. Imports the domain only.
import type { ChainOwner } from "../domain/chain.ts";

/** The account or market whose records are shown. */
export interface AuditFilter {
  readonly kind: "account" | "market";
  readonly id: string;
  readonly owner: ChainOwner;
}

/** Reads a filter from an address; an account comes before a market. Null for none. */
export function readFilter(query: URLSearchParams): AuditFilter | null {
  const [account, market] = ["account", "market"].map((name) => query.get(name)?.trim() ?? "");
  if (account) return { kind: "account", id: account, owner: { accountId: account } };
  return market ? { kind: "market", id: market, owner: { marketId: market } } : null;
}

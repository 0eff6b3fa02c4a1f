import type { Entry, Newest } from "../../domain/entry.ts";
import { selectionKey, type SelectionRef } from "../../domain/exposure.ts";
import type { HoldFate } from "../../domain/hold.ts";
import {
  type AccountQuery,
  type LedgerQuery,
  type LedgerView,
  type NewestMarket,
  requestKey,
} from "../../ports/ledger_store.ts";
import type { AccountTables } from "./account_tables.ts";
import type { BookDesk } from "./book_desk.ts";
import type { BookSeen } from "./claims.ts";

/**
 * What decisions of the account that lives here see: its own chain from its tables, the book from the
 * objects of the markets.
 */
export async function accountView(
  { tables, desk }: { readonly tables: AccountTables; readonly desk: BookDesk },
  queries: readonly LedgerQuery[],
  how: { readonly fresh: boolean },
): Promise<LedgerView> {
  const newest = new Map<string, Newest>();
  const answers = new Map<string, Entry>();
  const holds = new Map<string, HoldFate>();
  const marketIds = new Set<string>();
  const selections: SelectionRef[] = [];
  for (const query of queries.map(ofAccount)) {
    const { accountId, requestId, holdId } = query;
    const own = ownNewest(tables, accountId);
    newest.set(accountId, own);
    const answer = own && requestId !== null ? tables.answer(requestId) : null;
    if (answer && requestId !== null) {
      answers.set(requestKey(accountId, requestId), answer);
    }
    const fate = own && holdId !== null ? tables.hold(holdId) : null;
    if (fate && holdId !== null) holds.set(holdId, fate);
    const ownLegs = own?.state.hold?.legs ?? [];
    for (const marketId of query.marketIds) marketIds.add(marketId);
    for (const { marketId } of ownLegs) marketIds.add(marketId);
    selections.push(...query.selections, ...ownLegs);
  }
  const ofSelections = selections.map(({ marketId }) => marketId);
  const seen = await desk.see([...marketIds, ...ofSelections], how);
  const exposures = new Map(selections.map((selection) => [
    selectionKey(selection),
    seen.get(selection.marketId)?.liabilities.get(selection.selectionId) ?? 0,
  ]));
  const markets = new Map<string, NewestMarket>();
  const seqs = new Map<string, number | null>();
  for (const marketId of marketIds) {
    const market = seen.get(marketId)?.newest ?? null;
    if (market) markets.set(marketId, market);
    seqs.set(marketId, market?.seq ?? null);
  }
  const versions: BookSeen = { seqs, exposures, fresh: how.fresh };
  return { queries, newest, answers, markets, exposures, holds, versions };
}

/** The newest entry of the account that lives here; null for any other, and before it is opened. */
export function ownNewest(tables: AccountTables, accountId: string): Newest {
  const newest = tables.newest();
  return newest?.state.id === accountId ? newest : null;
}

function ofAccount(query: LedgerQuery): AccountQuery {
  if ("marketId" in query) {
    throw new Error("an account's object decides nothing about a market");
  }
  return query;
}

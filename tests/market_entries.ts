import type { MemoryDatabase } from "../lib/adapters/memory/memory_database.ts";
import { draftOf } from "../lib/audit/record.ts";
import { chainOf } from "../lib/domain/chain.ts";
import { decideMarket } from "../lib/domain/decide_market.ts";
import { followMarket, isMarketEntry, type MarketEntry } from "../lib/domain/entry.ts";
import type { MarketState } from "../lib/domain/market.ts";
import type { MarketChange, MarketCommand } from "../lib/domain/market_commands.ts";
import type { LedgerStore, NewestMarket } from "../lib/ports/ledger_store.ts";
import { MATCH, NOON_MS } from "./given.ts";

/** Who changes markets in these tests. */
export const TRADER = "trader:staff_tess000000000000";

/** The first entry of a market, which offers it as it is given; its status and version do not count. */
export function openingOf({ id, eventId, name, selections }: MarketState): MarketEntry {
  return marketEntry(id, null, { type: "open", eventId, name, selections, reason: null });
}

/** The entry by which {@link MATCH} was offered. */
export const OFFERED: MarketEntry = openingOf(MATCH);

/** The entry that a change adds behind `newest`. */
export function changeAfter(
  newest: NewestMarket,
  change: MarketChange,
  requestId: string | null = null,
): MarketEntry {
  return marketEntry(newest.state.id, newest, change, requestId);
}

/** Suspends what is open. */
export const SUSPEND: MarketChange = { type: "suspend", reason: null };

/** What a market is to be; what is left out stays as it is. */
export type MarketWanted = Partial<Pick<MarketState, "status" | "selections">>;

/** The entries that make a market what is wanted of it: selections first, then the status. */
export function changesTo(
  newest: NewestMarket,
  wanted: MarketWanted,
): readonly MarketEntry[] {
  const { status, selections = [] } = wanted;
  const limits = selections.map(({ id, liabilityCapMinor }) => (
    { selectionId: id, liabilityCapMinor }
  ));
  const prices = selections.map(({ id, price }) => ({ selectionId: id, price }));
  const does = { open: "resume", suspended: "suspend", closed: "close" } as const;
  const changes: readonly MarketChange[] = [
    ...(limits.length > 0 ? [{ type: "set_limits", limits, reason: null } as const] : []),
    ...(prices.length > 0 ? [{ type: "set_prices", prices, reason: null } as const] : []),
    ...(status ? [{ type: does[status], reason: null }] : []),
  ];
  const entries: MarketEntry[] = [];
  for (const change of changes) {
    const entry = changeAfter(entries.at(-1) ?? newest, change);
    if (entry.event.type !== "market.unchanged") entries.push(entry);
  }
  return entries;
}

/** The same of {@link MATCH}, at once and past every fate: it is stored as if by another process. */
export function storeMatch(database: MemoryDatabase, wanted: MarketWanted = {}): void {
  const chain = chainOf({ marketId: MATCH.id });
  const stored = database.chains.get(chain) ?? [];
  const newest = stored.at(-1) ?? OFFERED;
  if (!isMarketEntry(newest)) throw new Error(`${chain} is no market's chain`);
  const first = stored.length === 0 ? [OFFERED] : [];
  const entries = [...first, ...changesTo(newest, { ...MATCH, ...wanted })];
  database.chains.set(chain, [...stored, ...entries]);
  for (const draft of entries.map(draftOf)) database.outbox.set(draft.id, draft);
}

/** Has a store make a market what is wanted of it, offering it first if it is not there. */
export async function putMarket(ledger: LedgerStore, market: MarketState): Promise<void> {
  const { id: marketId } = market;
  const query = { marketId, requestId: null };
  const view = await ledger.view([query], { fresh: true });
  const there = view.markets.get(marketId);
  const first = there ? [] : [openingOf(market)];
  const newest = there ?? first[0];
  if (!newest) throw new Error("there is a market now");
  const entries = [...first, ...changesTo(newest, market)];
  const outcome = entries.length === 0 ? "committed" : await ledger.commit(view, entries);
  if (outcome !== "committed") throw new Error(`${marketId} could not be put: ${outcome}`);
}

function marketEntry(
  marketId: string,
  newest: NewestMarket | null,
  command: MarketCommand,
  requestId: string | null = null,
): MarketEntry {
  return followMarket(newest, {
    marketId,
    atMs: NOON_MS,
    actor: newest ? TRADER : "system",
    answers: requestId === null ? null : { requestId, fingerprint: `of ${requestId}` },
    event: decideMarket(newest?.state ?? null, command),
  });
}

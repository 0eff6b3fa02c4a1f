import { MemoryBook } from "../../lib/adapters/memory/memory_book.ts";
import { MemorySessions } from "../../lib/adapters/memory/memory_sessions.ts";
import type { HoldRequest } from "../../lib/app/holds.ts";
import { DEFAULT_POLICY } from "../../lib/app/policy.ts";
import type { Services } from "../../lib/app/services.ts";
import type { LedgerStore } from "../../lib/ports/ledger_store.ts";
import { ALICE, HOLD_MS, NOON_MS } from "../given.ts";
import { type Bookmaker, openBookmaker, servicesOn } from "./bookmaker.ts";

/** The hold of Alice's third entry: the first one, in most tests. */
export const HOLD_ID = "hold_alice00000000000_3";

/** When that hold is dead. */
export const EXPIRY_MS = NOON_MS + HOLD_MS;

/** "home" of the match, whose liability the tests look at. */
export const HOME = { marketId: "match", selectionId: "home" };

/** A bookmaker with a clock that the test sets. */
export interface HoldingBookmaker extends Bookmaker {
  readonly time: { nowMs: number };
  /** The liability on {@link HOME}. */
  exposureMinor(): Promise<number | undefined>;
}

/** Opens one whose Alice has a balance; nothing sweeps its holds by itself. */
export async function openHolding(
  options: { readonly balanceMinor?: number } = {},
): Promise<HoldingBookmaker> {
  const bookmaker = await openBookmaker(options);
  const { database, ledger, log } = bookmaker;
  const time = { nowMs: NOON_MS };
  const stores = {
    log,
    book: new MemoryBook(database),
    sessions: new MemorySessions(database),
    clock: { nowMs: () => time.nowMs },
  };
  const process = (own: LedgerStore = ledger): Services =>
    servicesOn({ ...stores, ledger: own }, DEFAULT_POLICY);
  const exposureMinor = async () => (await ledger.exposures([HOME]))[0];
  return { ...bookmaker, time, exposureMinor, services: process(), process };
}

/** Alice's request about {@link HOLD_ID}, with whatever the test changes about it. */
export function aboutHold(change: Partial<HoldRequest> = {}): HoldRequest {
  return {
    accountId: ALICE,
    requestId: "request-2",
    actor: `player:${ALICE}`,
    atMs: NOON_MS + 1,
    holdId: HOLD_ID,
    ...change,
  };
}

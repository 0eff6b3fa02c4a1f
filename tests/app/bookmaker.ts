import { assertEquals } from "@std/assert";
import { MemoryAuditLog } from "../../lib/adapters/memory/memory_audit_log.ts";
import { MemoryBook } from "../../lib/adapters/memory/memory_book.ts";
import { MemoryDatabase } from "../../lib/adapters/memory/memory_database.ts";
import { MemoryLedger } from "../../lib/adapters/memory/memory_ledger.ts";
import { MemorySessions } from "../../lib/adapters/memory/memory_sessions.ts";
import { systemRandomness } from "../../lib/adapters/system/surroundings.ts";
import { OutboxDrainer } from "../../lib/app/outbox_drainer.ts";
import type { BetRequest } from "../../lib/app/backing.ts";
import type { BetAnswer } from "../../lib/app/place_bet.ts";
import { DEFAULT_POLICY, type Policy } from "../../lib/app/policy.ts";
import { createServices, type Ports, type Services } from "../../lib/app/services.ts";
import type { AuditLog } from "../../lib/ports/audit_log.ts";
import type { AccountQuery, LedgerStore } from "../../lib/ports/ledger_store.ts";
import type { Clock } from "../../lib/ports/surroundings.ts";
import { ALICE, NOON_MS, noWait, openedWith, sha256 } from "../given.ts";
import { type MarketWanted, storeMatch } from "../market_entries.ts";

/** A bookmaker in memory that takes bets of {@link ALICE} on {@link MATCH}. */
export interface Bookmaker {
  readonly database: MemoryDatabase;
  readonly ledger: MemoryLedger;
  readonly log: MemoryAuditLog;
  readonly drainer: OutboxDrainer;
  /** The application, as its first process runs it. */
  readonly services: Services;
  place(change?: Partial<BetRequest>): Promise<BetAnswer>;
  /** Changes {@link MATCH}, as another process would. */
  move(wanted: MarketWanted): void;
  /** The application as one process more runs it, on its own view of the ledger if it has one. */
  process(ledger?: LedgerStore, clock?: Clock): Services;
}

/** Opens one whose Alice has a balance; nothing drains its outbox or sweeps its holds by itself. */
export async function openBookmaker(
  options: { readonly balanceMinor?: number; readonly policy?: Partial<Policy> } = {},
): Promise<Bookmaker> {
  const database = new MemoryDatabase();
  const ledger = new MemoryLedger(database);
  const log = new MemoryAuditLog(database);
  const policy = { ...DEFAULT_POLICY, ...options.policy };
  const stores = {
    log,
    book: new MemoryBook(database),
    sessions: new MemorySessions(database),
  };
  const process = (own: LedgerStore = ledger, clock: Clock = { nowMs: () => NOON_MS }) =>
    servicesOn({ ...stores, ledger: own, clock }, policy);
  storeMatch(database);
  await openAlice(ledger, options.balanceMinor ?? 1_000);
  database.commits = 0;
  const services = process();
  return {
    database,
    ledger,
    log,
    drainer: drainerOf(log),
    services,
    place: (change) => services.placeBet(aRequest(change)),
    move: (wanted) => storeMatch(database, wanted),
    process,
  };
}

/** The application on the given stores; its clock stands at noon and it waits for nothing. */
export function servicesOn(
  stores: Pick<Ports, "ledger" | "log" | "book" | "sessions"> & Partial<Ports>,
  policy: Policy = DEFAULT_POLICY,
): Services {
  return createServices({
    clock: { nowMs: () => NOON_MS },
    randomness: systemRandomness,
    backoff: noWait,
    brake: { released: () => Promise.resolve(true) },
    sha256,
    ...stores,
  }, { policy, demo: true });
}

/** Commits the first two entries of an account, Alice's if no other: opened, and paid in. */
export async function openAlice(
  ledger: LedgerStore,
  balanceMinor: number,
  accountId = ALICE,
): Promise<void> {
  const view = await ledger.view([asks({ accountId })], { fresh: true });
  assertEquals(await ledger.commit(view, openedWith(accountId, balanceMinor)), "committed");
}

/** A query about Alice's account and nothing else, with whatever the test changes about it. */
export function asks(change: Partial<AccountQuery> = {}): AccountQuery {
  return {
    accountId: ALICE,
    requestId: null,
    marketIds: [],
    selections: [],
    holdId: null,
    ...change,
  };
}

/** A drainer that gives up after as many attempts as the policy says, and waits for nothing. */
export function drainerOf(log: AuditLog, drainBatch = DEFAULT_POLICY.drainBatch): OutboxDrainer {
  const attempts = DEFAULT_POLICY.commitAttempts;
  return new OutboxDrainer({ log, backoff: noWait, sha256 }, { drainBatch, attempts });
}

/** Alice's request for 1.00 on "home" at 5/2, with whatever the test changes about it. */
export function aRequest(change: Partial<BetRequest> = {}): BetRequest {
  return {
    accountId: ALICE,
    requestId: "request-1",
    actor: `player:${ALICE}`,
    legs: [{ marketId: "match", selectionId: "home", price: { num: 5, den: 2 } }],
    stakeMinor: 100,
    priceChange: "none",
    atMs: NOON_MS,
    ...change,
  };
}

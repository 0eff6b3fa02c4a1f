import { assertEquals } from "@std/assert";
import { MemoryAuditLog } from "../../lib/adapters/memory/memory_audit_log.ts";
import { MemoryDatabase } from "../../lib/adapters/memory/memory_database.ts";
import { MemoryLedger } from "../../lib/adapters/memory/memory_ledger.ts";
import { AccountTurns } from "../../lib/app/account_turns.ts";
import { OutboxDrainer } from "../../lib/app/outbox_drainer.ts";
import {
  type BetAnswer,
  type BetPorts,
  type BetRequest,
  placeBet,
} from "../../lib/app/place_bet.ts";
import { DEFAULT_POLICY, type Policy } from "../../lib/app/policy.ts";
import type { AuditLog } from "../../lib/ports/audit_log.ts";
import type { LedgerStore } from "../../lib/ports/ledger_store.ts";
import { ALICE, MATCH, NOON_MS, noWait, openedWith, sha256 } from "../given.ts";

/** A bookmaker in memory that takes bets of {@link ALICE} on {@link MATCH}. */
export interface Bookmaker {
  readonly database: MemoryDatabase;
  readonly ledger: MemoryLedger;
  readonly log: MemoryAuditLog;
  readonly drainer: OutboxDrainer;
  place(change?: Partial<BetRequest>, ports?: Partial<BetPorts>): Promise<BetAnswer>;
}

/** Opens one whose Alice has a balance; nothing drains its outbox by itself. */
export async function openBookmaker(
  options: { readonly balanceMinor?: number; readonly policy?: Partial<Policy> } = {},
): Promise<Bookmaker> {
  const database = new MemoryDatabase();
  const ledger = new MemoryLedger(database);
  const log = new MemoryAuditLog(database);
  const policy = { ...DEFAULT_POLICY, ...options.policy };
  const turns = new AccountTurns(policy.waitingPerAccount);
  database.markets.set(MATCH.id, MATCH);
  await openAlice(ledger, options.balanceMinor ?? 1_000);
  database.commits = 0;
  return {
    database,
    ledger,
    log,
    drainer: drainerOf(log),
    place: (change, ports) =>
      placeBet({ ledger, backoff: noWait, sha256, turns, ...ports }, policy, aRequest(change)),
  };
}

/** Commits the first two entries of Alice's account: opened, and paid in. */
export async function openAlice(ledger: LedgerStore, balanceMinor: number): Promise<void> {
  const view = await ledger.view({ accountId: ALICE, requestId: null, marketIds: [] });
  assertEquals(await ledger.commit(view, openedWith(ALICE, balanceMinor)), "committed");
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

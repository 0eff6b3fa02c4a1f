import { assertEquals, assertRejects } from "@std/assert";
import type { CommitFate } from "../../lib/adapters/memory/memory_database.ts";
import { MemoryAuditLog } from "../../lib/adapters/memory/memory_audit_log.ts";
import { MemoryDatabase } from "../../lib/adapters/memory/memory_database.ts";
import { MemoryLedger } from "../../lib/adapters/memory/memory_ledger.ts";
import { GroupCommitter } from "../../lib/app/group_committer.ts";
import { openDemoAccount, type OpeningPorts } from "../../lib/app/open_account.ts";
import { DEFAULT_POLICY } from "../../lib/app/policy.ts";
import type { LedgerStore } from "../../lib/ports/ledger_store.ts";
import { ALICE, NOON_MS, noWait, openedWith } from "../given.ts";
import { drainerOf } from "./bookmaker.ts";
import { assertLogged, soundChain } from "./invariants.ts";

const POLICY = { ...DEFAULT_POLICY, commitAttempts: 3 };

function portsOn(ledger: LedgerStore, letters: string): OpeningPorts {
  const brake = { released: () => Promise.resolve(true) };
  return {
    committer: new GroupCommitter({ ledger, brake, backoff: noWait }, POLICY),
    clock: { nowMs: () => NOON_MS },
    randomness: { letters: () => letters },
  };
}

/** Opens an account in an empty database whose first commits end as told. */
async function openWith(fates: readonly CommitFate[]) {
  const database = new MemoryDatabase();
  database.fates.push(...fates);
  const ledger = new MemoryLedger(database);
  const accountId = await openDemoAccount(portsOn(ledger, "alice00000000000"), POLICY);
  return { accountId, ledger, log: new MemoryAuditLog(database), database };
}

Deno.test("openDemoAccount() opens an account with the play money in it, in one write", async () => {
  const { accountId, ledger, log, database } = await openWith([]);
  assertEquals([accountId, database.commits], [ALICE, 1]);
  assertEquals(await soundChain(ledger), openedWith(ALICE, POLICY.demoGrantMinor));
  await drainerOf(log).wake();
  await assertLogged({ ledger, log }, await soundChain(ledger));
});

for (
  const fate of [
    "failCommitAndNotPersist",
    "failCommitButPersist",
    "answerBusy",
    "answerConflict",
  ] as const
) {
  Deno.test(`openDemoAccount() opens one account, paid into once, after ${fate}`, async () => {
    const { accountId, ledger } = await openWith([fate]);
    assertEquals(accountId, ALICE);
    assertEquals(await soundChain(ledger), openedWith(ALICE, POLICY.demoGrantMinor));
  });
}

Deno.test("openDemoAccount() answers null when the store takes nothing, and nothing is there", async () => {
  for (const fate of ["failCommitAndNotPersist", "answerBusy", "answerConflict"] as const) {
    const { accountId, database } = await openWith([fate, fate, fate]);
    assertEquals([accountId, database.chains.size, database.outbox.size], [null, 0, 0]);
  }
});

Deno.test("openDemoAccount() finds at its last look the account whose answer was lost", async () => {
  const { accountId } = await openWith(["answerBusy", "answerBusy", "failCommitButPersist"]);
  assertEquals(accountId, ALICE);
});

Deno.test("openDemoAccount() throws for letters that make no account id", async () => {
  const ports = portsOn(new MemoryLedger(new MemoryDatabase()), "too short");
  await assertRejects(() => openDemoAccount(ports, POLICY), RangeError);
});

import { assertEquals, assertRejects } from "@std/assert";
import type { CommitFate } from "../../lib/adapters/memory/memory_database.ts";
import { MemoryAuditLog } from "../../lib/adapters/memory/memory_audit_log.ts";
import { MemoryDatabase } from "../../lib/adapters/memory/memory_database.ts";
import { MemoryLedger } from "../../lib/adapters/memory/memory_ledger.ts";
import { openDemoAccount } from "../../lib/app/open_account.ts";
import { DEFAULT_POLICY } from "../../lib/app/policy.ts";
import { ALICE, NOON_MS, noWait, openedWith } from "../given.ts";
import { drainerOf } from "./bookmaker.ts";
import { assertLogged, soundChain } from "./invariants.ts";

const POLICY = { ...DEFAULT_POLICY, commitAttempts: 3 };

/** Opens an account in an empty database whose first commits end as told. */
async function openWith(fates: readonly CommitFate[]) {
  const database = new MemoryDatabase();
  database.fates.push(...fates);
  const ledger = new MemoryLedger(database);
  const accountId = await openDemoAccount({
    ledger,
    backoff: noWait,
    clock: { nowMs: () => NOON_MS },
    randomness: { letters: () => "alice00000000000" },
  }, POLICY);
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
  await assertRejects(() =>
    openDemoAccount({
      ledger: new MemoryLedger(new MemoryDatabase()),
      backoff: noWait,
      clock: { nowMs: () => NOON_MS },
      randomness: { letters: () => "too short" },
    }, POLICY), RangeError);
});

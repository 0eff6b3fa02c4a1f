import { assert, assertEquals } from "@std/assert";
import { ALICE, BOB, noWait } from "../given.ts";
import { openAlice } from "../app/bookmaker.ts";
import { assertExposures, assertLogged, soundChain } from "../app/invariants.ts";
import { faulty, KV_FATES, type KvFate } from "./faulty_kv.ts";
import { offerMatch, onDisk, partsOn, simulated } from "./kv_home.ts";
import { withReports } from "./reports.ts";
import { sequences } from "./sequences.ts";

const ATTEMPTS = 3;

/** What the caller must hear when the commits end so. */
function expectedFrom(fates: readonly KvFate[]): "first" | "found" | "unknown" | "contended" {
  const stored = fates.findIndex((fate) => fate !== "throwsBefore" && fate !== "locked");
  if (stored !== -1) return fates[stored] === "commits" ? "first" : "found";
  return fates.includes("throwsBefore") ? "unknown" : "contended";
}

for (const first of KV_FATES) {
  Deno.test(`placeBet() on Deno KV has one effect, whatever follows a commit that ${first}`, async () => {
    for (const rest of sequences(KV_FATES, ATTEMPTS - 1)) {
      await simulated((kv) => checkBet(kv, [first, ...rest]));
    }
  });
}

Deno.test("placeBet() on Deno KV on disk has one effect, however all its commits end", async () => {
  for (const fate of KV_FATES) {
    await onDisk(async (path) => {
      const kv = await Deno.openKv(path);
      await offerMatch(kv);
      await checkBet(kv, Array(ATTEMPTS).fill(fate)).finally(() => kv.close());
    });
  }
});

for (const first of KV_FATES) {
  Deno.test(`wake() on Deno KV logs each record once, whatever follows an append that ${first}`, async () => {
    for (const rest of sequences(KV_FATES, ATTEMPTS - 1)) {
      await simulated((kv) => checkDrain(kv, [first, ...rest]));
    }
  });
}

async function checkBet(kv: Deno.Kv, fates: readonly KvFate[]): Promise<void> {
  const story = fates.join(", ");
  const well = partsOn(kv);
  const coming: KvFate[] = [];
  const policy = { commitAttempts: ATTEMPTS };
  const sick = partsOn(faulty(kv, coming), { policy, backoff: noWait });
  await openAlice(well.ledger, 1_000);
  const expected = expectedFrom(fates);
  const stored = expected === "first" || expected === "found";
  await withReports(async (reports) => {
    coming.push(...fates);
    const answer = await sick.place();
    assertEquals(answer.kind, stored ? "placed" : expected, story);
    const used = fates.slice(0, fates.length - coming.length);
    assertEquals(reports.length, used.filter((fate) => fate.startsWith("throws")).length, story);
    assertEquals((await soundChain(well.ledger)).length, stored ? 3 : 2, story);

    coming.splice(0);
    const again = await sick.place();
    assert(again.kind === "placed");
    assertEquals(again.replayed, stored, story);
    if (stored) assertEquals(again, { ...answer, replayed: true }, story);
  });
  await well.drainer.wake();
  const chain = await soundChain(well.ledger);
  assertEquals(chain.length, 3, story);
  await assertLogged(well, chain);
  await assertExposures(well.ledger, chain);
}

async function checkDrain(kv: Deno.Kv, fates: readonly KvFate[]): Promise<void> {
  const story = fates.join(", ");
  const well = partsOn(kv);
  // Bites of one page: what one append left behind, the next must find.
  const policy = { commitAttempts: ATTEMPTS, drainBatch: 1 };
  const sick = partsOn(faulty(kv, [...fates]), { policy, backoff: noWait });
  for (const accountId of [ALICE, BOB]) await openAlice(well.ledger, 1_000, accountId);
  await withReports(async () => {
    const result = await sick.drainer.wake();
    if (result === "empty") assertEquals(await well.log.waiting(1), 0, story);
  });
  assertEquals(await well.drainer.wake(), "empty", story);
  await assertLogged(well, await soundChain(well.ledger), await soundChain(well.ledger, BOB));
}

import { assert, assertEquals } from "@std/assert";
import type { JournalPage } from "../../lib/adapters/deno_kv/journal_page.ts";
import { keys } from "../../lib/adapters/deno_kv/keys.ts";
import {
  type KvBackend,
  REMOTE_BACKEND,
  SQLITE_BACKEND,
} from "../../lib/adapters/deno_kv/kv_backend.ts";
import type { LogPage } from "../../lib/adapters/deno_kv/log_pages.ts";
import { DEFAULT_POLICY } from "../../lib/app/policy.ts";
import { accountIdOf } from "../../lib/domain/ids.ts";
import { aRequest, asks, openAlice } from "../app/bookmaker.ts";
import { assertExposures, assertLogged, soundChain } from "../app/invariants.ts";
import { inMemory, type KvParts, partsOn, simulated } from "../faults/kv_home.ts";
import { withReports } from "../faults/reports.ts";
import { MATCH, NOON_MS, noWait } from "../given.ts";
import { putMarket } from "../market_entries.ts";
import { FakeDatabase } from "../sim/fake_kv/fake_database.ts";
import { FakeKv } from "../sim/fake_kv/fake_kv.ts";
import { SQLITE_LIMITS } from "../sim/fake_kv/kv_limits.ts";
import { StraightGate } from "../sim/fake_kv/straight_gate.ts";
import { assertRowsRight } from "./drawn_rows.ts";

/** The most bytes one value may have. */
const VALUE_BYTES = 65_536;

const names = (count: number) =>
  Array.from({ length: count }, (_, number) => accountIdOf(`${number}`.padStart(16, "0")));

Deno.test("fits() counts the room that entries take, a market's more than a bet's", async () => {
  await simulated((kv) => {
    const bets = names(500).map((accountId) => asks({ accountId, requestId: "r" }));
    const changes = bets.map((_, index) => ({ marketId: `match ${index}`, requestId: "r" }));
    const { ledger } = partsOn(kv);
    assertEquals([bets, changes].map((queries) => ledger.fits(queries)), [273, 13]);
    assertEquals(ledger.fits([...changes.slice(0, 2), ...bets]), 235);
    const fits = (backend: Partial<KvBackend>) =>
      partsOn(kv, { backend: { ...SQLITE_BACKEND, ...backend } }).ledger.fits(bets);
    assertEquals(fits({ mutationsAnAtomic: 30 }), 10);
    assertEquals(fits({ bytesAnAtomic: 1 }), 1);
    // However many bets go together, one commit is one check.
    assertEquals(fits(REMOTE_BACKEND), 273);
    return Promise.resolve();
  });
});

Deno.test("a group as large as fits is within the limits, with the longest ids there are", async () => {
  await inMemory(async (kv) => {
    const policy = { ...DEFAULT_POLICY, holdMs: 10 };
    const parts = partsOn(kv, { backoff: noWait, policy });
    const accountIds = names(273);
    for (const accountId of accountIds) await openAlice(parts.ledger, 1_000, accountId);
    await withReports(async (reports) => {
      const held = await all(accountIds, (accountId) => {
        const requestId = "hold ".padEnd(128, "+");
        return parts.services.authoriseHold(aRequest({ accountId, requestId }));
      });
      for (const answer of held) assertEquals(answer.kind, "held");
      // Each hold is dead by now and has to end first: two entries for each account.
      const before = parts.ledger.journal.size;
      const [first, ...others] = await all(accountIds, (accountId) => {
        const requestId = "bet ".padEnd(128, "+");
        return parts.services.placeBet(aRequest({ accountId, requestId, atMs: NOON_MS + 10 }));
      });
      for (const answer of [first, ...others]) assertEquals(answer?.kind, "placed");
      assertEquals(parts.ledger.journal.size - before, 2 * accountIds.length);
      assertEquals(reports, []);
    });
    await assertWholeAndSmall(kv, parts, accountIds);
  });
});

Deno.test("a refused bet with ids as long as they may be is within the limits too", async () => {
  await inMemory(async (kv) => {
    const parts = partsOn(kv, { backoff: noWait });
    const accountIds = names(273);
    for (const accountId of accountIds) await openAlice(parts.ledger, 1_000, accountId);
    const price = { num: Number.MAX_SAFE_INTEGER, den: Number.MAX_SAFE_INTEGER - 1 };
    const long = (text: string) => text.padEnd(128, "+");
    await withReports(async (reports) => {
      const answers = await all(accountIds, (accountId) => {
        const leg = { marketId: long("market"), selectionId: long("selection"), price };
        const request = aRequest({ accountId, requestId: long("refused"), legs: [leg] });
        return parts.services.placeBet(request);
      });
      for (const answer of answers) assertEquals(answer.kind, "refused");
      assertEquals(reports, []);
    });
    await assertWholeAndSmall(kv, parts, accountIds);
  });
});

Deno.test("on a backend of ten checks every bet is taken, with no commit beyond the limit", async () => {
  const database = new FakeDatabase(() => 0, { ...SQLITE_LIMITS, checks: 10, queues: false });
  const kv = new FakeKv(database, new StraightGate(database));
  const accountIds = names(30);
  const early = partsOn(kv, { backend: REMOTE_BACKEND, backoff: noWait });
  await putMarket(early.ledger, MATCH);
  for (const [index, accountId] of accountIds.entries()) {
    await openAlice(early.ledger, 1_000, accountId);
    // Every account has a hold on a market of its own, which its next bet must not forget.
    const marketId = `own ${index}`;
    await putMarket(early.ledger, { ...MATCH, id: marketId });
    const legs = [{ marketId, selectionId: "home", price: { num: 5, den: 2 } }];
    const hold = aRequest({ accountId, requestId: "hold", legs });
    assertEquals((await early.services.authoriseHold(hold)).kind, "held");
    // More requests than its row names, so that the absence of the next one has to be checked.
    const requestIds = Array.from({ length: 17 }, (_, number) => `early ${number}`);
    await all(requestIds, (requestId) => (
      early.services.placeBet(aRequest({ accountId, requestId, stakeMinor: 1 }))
    ));
  }
  await early.checkpointer.run();
  // A process that knows nobody yet, so nor how many markets the holds bring along.
  const parts = partsOn(kv, { backend: REMOTE_BACKEND, backoff: noWait });
  await withReports(async (reports) => {
    const answers = await all(
      accountIds,
      (accountId) => parts.services.placeBet(aRequest({ accountId, requestId: "bet" })),
    );
    for (const answer of answers) assertEquals(answer.kind, "placed");
    assertEquals(reports, []);
  });
  await assertWholeAndSmall(kv, parts, accountIds);
});

async function all<Item, Answer>(
  items: readonly Item[],
  ask: (item: Item) => Promise<Answer>,
): Promise<readonly Answer[]> {
  return await Promise.all(items.map(ask));
}

/** Everything that was committed is read, logged and drawn, and no value is too large. */
async function assertWholeAndSmall(
  kv: Deno.Kv,
  parts: KvParts,
  accountIds: readonly string[],
): Promise<void> {
  assertEquals(await parts.drainer.wake(), "empty");
  assertEquals(await parts.checkpointer.run(), "done");
  assertEquals(await assertRowsRight(kv), parts.ledger.journal.last);
  const chains = [];
  for (const accountId of accountIds) chains.push(await soundChain(parts.ledger, accountId));
  await assertExposures(parts.ledger, ...chains);
  await assertLogged(parts, ...chains);
  for await (const { value } of kv.list<JournalPage>({ prefix: keys.allJournal() })) {
    assert(value.bytes.length < VALUE_BYTES - 1_000, `${value.bytes.length} bytes`);
  }
  for await (const { value } of kv.list<LogPage>({ prefix: keys.allLogPages() })) {
    const { bytes, hashes, lengths } = value;
    const length = bytes.length + hashes.length + 6 * lengths.length;
    assert(length < VALUE_BYTES - 1_000, `${length} bytes`);
  }
}

import { assert, assertEquals } from "@std/assert";
import { type JournalPage, readPage } from "../../lib/adapters/deno_kv/journal_page.ts";
import type { EntriesRow, IndexEnd } from "../../lib/adapters/deno_kv/chain_index.ts";
import { keys } from "../../lib/adapters/deno_kv/keys.ts";
import { requestDigest } from "../../lib/adapters/deno_kv/known_requests.ts";
import type {
  AccountRow,
  Checkpoint,
  ExposureRow,
  MarketRow,
} from "../../lib/adapters/deno_kv/ledger_rows.ts";
import { chainOf } from "../../lib/domain/chain.ts";
import { type Entry, isMarketEntry } from "../../lib/domain/entry.ts";
import { type ExposureChange, exposureChanges, selectionKey } from "../../lib/domain/exposure.ts";
import { type HoldFate, holdFateAfter } from "../../lib/domain/hold.ts";

/** An entry with the place where the journal holds it. */
interface Placed {
  readonly entry: Entry;
  readonly page: number;
  readonly index: number;
}

/**
 * Checks every row that checkpoints have drawn against the journal, read from its first page: up to the
 * page that the checkpoint covers they tell everything, and nothing that is not so. Answers that page.
 */
export async function assertRowsRight(kv: Deno.Kv): Promise<number> {
  const covered = (await kv.get<Checkpoint>(keys.checkpoint())).value?.page ?? 0;
  const placed = await wholeJournal(kv);
  const drawn = placed.filter(({ page }) => page <= covered);
  await assertExposureRows(kv, drawn, placed);
  for (const [accountId, chain] of chainsOf(drawn)) {
    const whole = chainsOf(placed).get(accountId) ?? [];
    await assertNewestRow(kv, chain, whole);
    await assertEntriesRows(kv, accountId, whole);
  }
  await assertHoldRows(kv, drawn, placed);
  return covered;
}

async function wholeJournal(kv: Deno.Kv): Promise<readonly Placed[]> {
  const placed: Placed[] = [];
  let page = 0;
  for await (const { key, value } of kv.list<JournalPage>({ prefix: keys.allJournal() })) {
    assertEquals(key[1], ++page, "the journal has no gap");
    const read = readPage(page, value);
    assertEquals(read.first, placed.length + 1, "its pages count on");
    placed.push(...read.entries.map((entry, index) => ({ entry, page: read.page, index })));
  }
  return placed;
}

function chainsOf(placed: readonly Placed[]): ReadonlyMap<string, readonly Placed[]> {
  const chains = Map.groupBy(placed, ({ entry }) => chainOf(entry));
  for (const chain of chains.values()) {
    assertEquals(
      chain.map(({ entry }) => entry.seq),
      chain.map((_, index) => index + 1),
      "gap-free, no number twice",
    );
  }
  return chains;
}

/** Each row says as of which page it is; it may be ahead of the checkpoint, never behind. */
async function assertExposureRows(
  kv: Deno.Kv,
  drawn: readonly Placed[],
  placed: readonly Placed[],
): Promise<void> {
  const rows = await Array.fromAsync(kv.list<ExposureRow>({ prefix: ["exposure"] }));
  const named = new Map(
    rows.map(({ key, value }) => [`${String(key[1])}\n${String(key[2])}`, value]),
  );
  const changes = placed.flatMap(({ entry, page }) =>
    changesBy(entry).map((change) => ({ ...change, page }))
  );
  for (const { entry, page } of drawn) {
    for (const change of changesBy(entry)) {
      assert((named.get(selectionKey(change))?.page ?? 0) >= page, "no row is behind");
    }
  }
  for (const [name, row] of named) {
    const sum = changes
      .filter((change) => selectionKey(change) === name && change.page <= row.page)
      .reduce((minor, change) => minor + change.byMinor, 0);
    assertEquals(row.liabilityMinor, sum, `the liability on ${name} as of page ${row.page}`);
  }
}

function changesBy(entry: Entry): readonly ExposureChange[] {
  return isMarketEntry(entry) ? [] : exposureChanges(entry.event);
}

/** The row of an account or market, whichever the chain is of. */
async function assertNewestRow(
  kv: Deno.Kv,
  chain: readonly Placed[],
  whole: readonly Placed[],
): Promise<void> {
  const first = whole[0]?.entry;
  if (first && !isMarketEntry(first)) return await assertAccountRow(kv, chain, whole);
  const { value: row } = await kv.get<MarketRow>(keys.market(first?.marketId ?? ""));
  assert(row && row.seq >= chain.length, `the row of ${first?.marketId} is not behind`);
  assertEquals(row.state, whole[row.seq - 1]?.entry.state);
  assertRecent(row, whole);
}

async function assertAccountRow(
  kv: Deno.Kv,
  chain: readonly Placed[],
  whole: readonly Placed[],
): Promise<void> {
  const accountId = chainOf(whole[0]!.entry);
  const { value: row } = await kv.get<AccountRow>(keys.account(accountId));
  assert(row && row.seq >= chain.length, `the row of ${accountId} is not behind`);
  assertEquals(row.state, whole[row.seq - 1]?.entry.state);
  assertRecent(row, whole);
}

function assertRecent(row: IndexEnd, whole: readonly Placed[]): void {
  const last = whole.slice(row.seq - row.recent.length, row.seq);
  assertEquals(
    row.recent,
    last.map(({ entry, page, index }) => [page, index, entry.answers?.requestId ?? null]),
    "its last entries",
  );
}

/** Runs follow one another and, with the row of their owner, tell of every entry. */
async function assertEntriesRows(
  kv: Deno.Kv,
  chain: string,
  whole: readonly Placed[],
): Promise<void> {
  const { value: row } = await kv.get<IndexEnd>(keys.owner(chain));
  let next = 1;
  const runs = kv.list<EntriesRow>({ prefix: keys.chainEntries(chain) });
  for await (const { key, value } of runs) {
    assertEquals(key[2], next, "each run begins where the one before ends");
    const { places, digests } = value;
    const run = whole.slice(next - 1, next - 1 + digests.length);
    assertEquals([...places], run.flatMap(({ page, index }) => [page, index]));
    const requestIds = run.map(({ entry }) => entry.answers?.requestId);
    assertEquals([...digests], requestIds.map((id) => id === undefined ? 0 : requestDigest(id)));
    next += digests.length;
  }
  assert(row && row.seq - row.recent.length + 1 <= next, `every entry of ${chain} has a place`);
}

async function assertHoldRows(
  kv: Deno.Kv,
  drawn: readonly Placed[],
  placed: readonly Placed[],
): Promise<void> {
  const due = await Array.fromAsync(kv.list({ prefix: keys.allDue() }), ({ key }) => key[3]);
  for (const [holdId, fate] of fatesOf(drawn)) {
    const { value: row } = await kv.get<HoldFate>(keys.hold(fate.hold.accountId, holdId));
    // A row may tell more than the checkpoint: what the hold became in the end.
    const possible = [fate, fatesOf(placed).get(holdId)].map((one) => one?.status);
    assert(row && possible.includes(row.status), `the row of ${holdId}`);
    assertEquals(row.hold, fate.hold);
    assertEquals(due.includes(holdId), row.status === "pending", `${holdId} is due`);
  }
}

function fatesOf(placed: readonly Placed[]): ReadonlyMap<string, HoldFate> {
  const fates = placed.flatMap(({ entry }) =>
    isMarketEntry(entry) ? [] : holdFateAfter(entry.event) ?? []
  );
  return new Map(fates.map((fate) => [fate.hold.id, fate]));
}

import { verifyLog } from "../../lib/app/verify_log.ts";
import { KvAuditLog } from "../../lib/adapters/deno_kv/kv_audit_log.ts";
import type { DenoHome } from "../../deno_home.ts";
import { FakeKv } from "./fake_kv/fake_kv.ts";
import { StraightGate } from "./fake_kv/straight_gate.ts";
import { isAccountId } from "../../lib/domain/ids.ts";
import { MEMORY } from "./open_process.ts";
import { same } from "./invariants/same.ts";
import type { World } from "./world.ts";

/** How many entries of an account are read at once. */
const A_PAGE = 37;

/**
 * The last look: a process that has just started must find in the database what was stored, from rows
 * and the journal's tail, and again from rows alone; and the application's own verifier must agree.
 */
export async function compareAll(world: World): Promise<void> {
  const { journal, breaches, trace, log, database } = world;
  await compareNewest(world, startedAnew(world));
  const drawing = startedAnew(world);
  // The second one goes on where somebody left off in the middle of the first.
  for (let checkpoints = 0; checkpoints < 2; checkpoints++) await drawing.checkpoint();
  await compareNewest(world, drawing);
  await compareHistory(world, startedAnew(world));
  const total = [...journal.totals.values()].reduce((sum, amount) => sum + amount, 0n);
  breaches.unless(total === 0n, () => `all money together is ${total}, not nothing`);
  for (const key of database.harmed()) breaches.add(`a reader of ${key} has changed it`);
  for (const byte of log.head.hash) trace.mix(byte);
}

function startedAnew({ engine, database, backend, policy, scheduler }: World): DenoHome {
  const kv = new FakeKv(database, new StraightGate(database));
  const surroundings = {
    clock: { nowMs: () => Math.floor(scheduler.nowMs) },
    randomness: { letters: (length: number) => "a".repeat(length) },
    backoff: { wait: () => Promise.resolve() },
  };
  const options = { policy, demo: true, wake: () => {}, memory: MEMORY };
  return engine.home.wireDenoHome({ kv, backend }, surroundings, options);
}

/** Everything there is, one by one, and by the verifier. */
async function compareHistory(world: World, { ledger }: DenoHome): Promise<void> {
  const { journal, breaches, sha256 } = world;
  const log = new KvAuditLog(ledger.kv, ledger.backend, ledger);
  const verdict = await verifyLog({ ledger, log, sha256 });
  if (!verdict.ok) return breaches.add(`the log does not verify: ${verdict.flaw}`);
  breaches.unless(
    verdict.records === journal.all.length && verdict.markets === journal.markets.size &&
      verdict.accounts + verdict.markets === journal.chains.size,
    () => `the log has ${verdict.records} records of ${journal.all.length} entries`,
  );
  for (const chain of journal.chains.keys()) await compareChain(world, ledger, chain);
}

/** How every account, market and liability stands. */
async function compareNewest(world: World, { ledger }: DenoHome): Promise<void> {
  const { journal, breaches } = world;
  for (const accountId of [...journal.chains.keys()].filter(isAccountId)) {
    const last = journal.newest(accountId);
    const newest = await ledger.newest(accountId);
    breaches.unless(
      newest?.seq === last?.seq && same(newest?.state, last?.state),
      () => `account ${accountId} is said to be ${JSON.stringify(newest)}`,
    );
  }
  const markets = await ledger.markets([...journal.markets.keys()]);
  breaches.unless(
    same(markets.map((newest) => newest?.state), [...journal.markets.values()]),
    () => `the markets are said to be ${JSON.stringify(markets)}`,
  );
  const selections = [...journal.markets.values()].flatMap((market) =>
    market.selections.map(({ id: selectionId }) => ({ marketId: market.id, selectionId }))
  );
  const told = await ledger.exposures(selections);
  const right = openLiabilities(world);
  for (const [index, { marketId, selectionId }] of selections.entries()) {
    const name = `${marketId} ${selectionId}`;
    breaches.unless(
      told[index] === (right.get(name) ?? 0),
      () => `the liability on ${name} is said to be ${told[index]}, not ${right.get(name)}`,
    );
  }
}

async function compareChain(
  world: World,
  ledger: DenoHome["ledger"],
  name: string,
): Promise<void> {
  const { journal, breaches } = world;
  const chain = (journal.chains.get(name) ?? []).map(({ entry }) => entry);
  let right = true;
  let before = chain.length + 1;
  while (right && before > 1) {
    const entries = await ledger.history(name, { before, limit: A_PAGE });
    right = entries.length === Math.min(A_PAGE, before - 1) &&
      entries.every((entry, index) => same(entry, chain[before - 2 - index]));
    before -= entries.length;
  }
  for (const { answers, seq } of chain) {
    if (!answers || !right) continue;
    right = (await ledger.answer(name, answers.requestId))?.seq === seq;
  }
  breaches.unless(right, () => `${name} is not found as it was stored`);
}

/** Counted anew from every open bet and pending hold there is, by "market selection". */
function openLiabilities({ journal }: World): ReadonlyMap<string, number> {
  const liabilities = new Map<string, number>();
  const open = journal.all.flatMap(({ entry: { event } }) => (
    event.type === "bet.placed" ? [event.bet] : []
  ));
  const held = [...journal.holds.values()].filter(({ status }) => status === "pending")
    .map(({ hold }) => ({ ...hold, stakeMinor: hold.amountMinor }));
  for (const { legs, potentialReturnsMinor, stakeMinor } of [...open, ...held]) {
    for (const { marketId, selectionId } of legs) {
      const name = `${marketId} ${selectionId}`;
      const minor = potentialReturnsMinor - stakeMinor;
      liabilities.set(name, (liabilities.get(name) ?? 0) + minor);
    }
  }
  return liabilities;
}

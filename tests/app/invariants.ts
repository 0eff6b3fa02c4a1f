import { assert, assertEquals } from "@std/assert";
import { decodeRecord } from "../../lib/audit/record.ts";
import { verifyLog } from "../../lib/app/verify_log.ts";
import { availableMinor } from "../../lib/domain/account.ts";
import { type AccountEntry, accountEntry } from "../../lib/domain/entry.ts";
import { exposureChanges, selectionKey, type SelectionRef } from "../../lib/domain/exposure.ts";
import { type Hold, holdFateAfter } from "../../lib/domain/hold.ts";
import { sumOfPostings } from "../../lib/domain/postings.ts";
import type { AuditLog } from "../../lib/ports/audit_log.ts";
import type { LedgerStore } from "../../lib/ports/ledger_store.ts";
import { ALICE, sha256 } from "../given.ts";

/** How many entries an account of these tests has at most. */
const MOST_ENTRIES = 10_000;

/** An account's whole chain, oldest first, after checking all that must hold in every chain. */
export async function soundChain(
  ledger: LedgerStore,
  accountId = ALICE,
): Promise<readonly AccountEntry[]> {
  const page = { before: null, limit: MOST_ENTRIES };
  const chain = (await ledger.history(accountId, page)).toReversed().map(accountEntry);
  assertEquals(chain.map((entry) => entry.seq), chain.map((_, index) => index + 1), "gap-free");

  const requestIds = chain.flatMap((entry) => entry.answers?.requestId ?? []);
  assertEquals(new Set(requestIds).size, requestIds.length, "one entry a request id");
  for (const requestId of requestIds) {
    const answers = chain.filter((entry) => entry.answers?.requestId === requestId);
    assertEquals([await ledger.answer(accountId, requestId)], answers, "the index finds the entry");
  }
  const last = chain.at(-1);
  assertEquals(await ledger.newest(accountId), last && { seq: last.seq, state: last.state });

  let cash = 0n;
  let hold: Hold | null = null;
  for (const { event, state } of chain) {
    const fate = holdFateAfter(event);
    if (fate) {
      assertEquals(hold?.id, fate.status === "pending" ? undefined : fate.hold.id, "one hold");
      hold = fate.status === "pending" ? fate.hold : null;
    }
    assertEquals(state.hold, hold, "held is the hold that is pending");
    assertEquals(sumOfPostings(event.postings), 0n, "postings sum to zero");
    cash += sumOfPostings(event.postings.filter(({ account }) => account === "player_cash"));
    assertEquals(BigInt(state.balanceMinor), cash, "the balance is its postings");
    assert(availableMinor(state) >= 0, "available is never negative");
  }
  return chain;
}

/** Checks that the stored liability is what the accounts' bets and pending holds add up to. */
export async function assertExposures(
  ledger: LedgerStore,
  ...chains: readonly (readonly AccountEntry[])[]
): Promise<void> {
  const sums = new Map<string, { readonly selection: SelectionRef; readonly minor: number }>();
  for (const change of chains.flat().flatMap(({ event }) => exposureChanges(event))) {
    const before = sums.get(selectionKey(change))?.minor ?? 0;
    sums.set(selectionKey(change), { selection: change, minor: before + change.byMinor });
  }
  const expected = [...sums.values()];
  assertEquals(
    await ledger.exposures(expected.map(({ selection }) => selection)),
    expected.map(({ minor }) => minor),
  );
}

/**
 * Checks that the log holds each of the accounts' entries once, in their order, besides the markets'
 * own, and nothing waits.
 */
export async function assertLogged(
  ports: { readonly ledger: LedgerStore; readonly log: AuditLog },
  ...chains: readonly (readonly AccountEntry[])[]
): Promise<void> {
  const ends = await Array.fromAsync(ports.ledger.chainEnds());
  const markets = ends.filter((end) => "marketId" in end);
  const changes = markets.reduce((sum, { seq }) => sum + seq, 0);
  assertEquals(await verifyLog({ ...ports, sha256 }), {
    ok: true,
    records: chains.flat().length + changes,
    accounts: chains.length,
    markets: markets.length,
    waiting: 0,
  });
  const stored = await ports.log.read({ after: 0, limit: MOST_ENTRIES });
  const records = stored.map((record) => decodeRecord(record.bytes));
  for (const chain of chains) {
    const own = records.filter((record) => record.accountId === chain[0]?.accountId);
    assertEquals(own.map((record) => record.accountSeq), chain.map((entry) => entry.seq));
  }
}

/** The bets of a chain that were taken. */
export function placedBets(chain: readonly AccountEntry[]) {
  return chain.flatMap(({ event }) => event.type === "bet.placed" ? [event.bet] : []);
}

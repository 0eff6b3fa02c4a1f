import { assert, assertEquals } from "@std/assert";
import { decodeRecord } from "../../lib/audit/record.ts";
import { verifyLog } from "../../lib/app/verify_log.ts";
import { availableMinor } from "../../lib/domain/account.ts";
import type { Entry } from "../../lib/domain/entry.ts";
import { sumOfPostings } from "../../lib/domain/postings.ts";
import type { AuditLog } from "../../lib/ports/audit_log.ts";
import type { LedgerStore } from "../../lib/ports/ledger_store.ts";
import { ALICE, sha256 } from "../given.ts";

/** How many entries an account of these tests has at most. */
const MOST_ENTRIES = 1_000;

/** Alice's whole chain, oldest first, after checking all that must hold in every chain. */
export async function soundChain(ledger: LedgerStore): Promise<readonly Entry[]> {
  const chain = (await ledger.history(ALICE, { before: null, limit: MOST_ENTRIES })).toReversed();
  assertEquals(chain.map((entry) => entry.seq), chain.map((_, index) => index + 1), "gap-free");

  const requestIds = chain.flatMap((entry) => entry.answers?.requestId ?? []);
  assertEquals(new Set(requestIds).size, requestIds.length, "one entry a request id");
  for (const requestId of requestIds) {
    const answers = chain.filter((entry) => entry.answers?.requestId === requestId);
    assertEquals([await ledger.answer(ALICE, requestId)], answers, "the index finds the entry");
  }

  let cash = 0n;
  for (const { event, state } of chain) {
    assertEquals(sumOfPostings(event.postings), 0n, "postings sum to zero");
    cash += sumOfPostings(event.postings.filter(({ account }) => account === "player_cash"));
    assertEquals(BigInt(state.balanceMinor), cash, "the balance is its postings");
    assert(availableMinor(state) >= 0, "available is never negative");
  }
  return chain;
}

/** Checks that the log holds each of the chain's entries once, in their order, and nothing waits. */
export async function assertLogged(
  ports: { readonly ledger: LedgerStore; readonly log: AuditLog },
  chain: readonly Entry[],
): Promise<void> {
  assertEquals(await verifyLog({ ...ports, sha256 }), {
    ok: true,
    records: chain.length,
    accounts: 1,
    waiting: 0,
  });
  const records = await ports.log.read({ after: 0, limit: MOST_ENTRIES });
  assertEquals(
    records.map((record) => decodeRecord(record.bytes).accountSeq),
    chain.map((entry) => entry.seq),
  );
}

/** The bets of a chain that were taken. */
export function placedBets(chain: readonly Entry[]) {
  return chain.flatMap(({ event }) => event.type === "bet.placed" ? [event.bet] : []);
}

import { assert, assertEquals } from "@std/assert";
import { eventually } from "../browser/eventually.ts";
import { accountOf, type Bettor, type ExposureSeen, exposuresOf } from "./bettor.ts";
import type { Remembered } from "./remembered.ts";
import { liabilityAt, runningAt, type Told, toldBy } from "./told.ts";

/** Every new demo player has this much. */
const OPENING_MINOR = 100_000;

/** A hold that has run out gives its liability back when it is swept. */
const SWEPT_WITHIN_MS = 3_000;

/**
 * The accounts and the book are exactly what the answers add up to: each balance is what it was less
 * the stakes of the bets, what is held is the running hold, and each selection's liability is that of
 * its bets and holds.
 */
export async function assertBooksAgree(
  url: string,
  { bettors, traderToken, marketIds, remembered }: {
    readonly bettors: readonly Bettor[];
    readonly traderToken: string;
    readonly marketIds: readonly string[];
    readonly remembered: readonly Remembered[];
  },
): Promise<void> {
  const told = toldBy(remembered);
  for (const bettor of bettors) await assertAccount(url, bettor, told);
  for (const marketId of marketIds) await assertLiabilities(url, { traderToken, marketId, told });
}

async function assertLiabilities(
  url: string,
  { traderToken, marketId, told }: {
    readonly traderToken: string;
    readonly marketId: string;
    readonly told: Told;
  },
): Promise<void> {
  let seen: readonly ExposureSeen[] = [];
  let expected: readonly number[] = [];
  const agree = async () => {
    seen = await exposuresOf(url, traderToken, marketId);
    const nowMs = Date.now();
    expected = seen.map(({ selectionId }) => liabilityAt(told, { marketId, selectionId }, nowMs));
    return seen.every((one, index) => one.liabilityMinor === expected[index]) ? true : null;
  };
  const what = `the liabilities of ${marketId} agree`;
  await eventually(agree, { withinMs: SWEPT_WITHIN_MS, what }).catch((error) => {
    assertEquals(seen.map((one) => one.liabilityMinor), expected, marketId);
    throw error;
  });
  for (const { liabilityMinor, liabilityCapMinor, selectionId } of seen) {
    assert(liabilityMinor <= liabilityCapMinor, `${selectionId} is within its cap`);
  }
}

async function assertAccount(url: string, bettor: Bettor, told: Told): Promise<void> {
  const { accountId } = bettor;
  const beforeMs = Date.now();
  const { balanceMinor, heldMinor, availableMinor } = await accountOf(url, bettor);
  const stakes = told.bets.filter((bet) => bet.accountId === accountId)
    .reduce((sum, bet) => sum + bet.stakeMinor, 0);
  assertEquals(balanceMinor, OPENING_MINOR - stakes, `the balance of ${accountId}`);
  const held = [beforeMs, Date.now()].map((atMs) => {
    const running = runningAt(told, atMs).filter((hold) => hold.accountId === accountId);
    assert(running.length <= 1, `${accountId} has one hold at most`);
    return running[0]?.amountMinor ?? 0;
  });
  assert(held.includes(heldMinor), `${accountId} holds ${heldMinor}, not ${held.join(" or ")}`);
  assertEquals(availableMinor, balanceMinor - heldMinor);
}

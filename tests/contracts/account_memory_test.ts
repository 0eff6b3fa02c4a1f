import { assert, assertEquals } from "@std/assert";
import { AccountMemory } from "../../lib/adapters/deno_kv/account_memory.ts";
import { LedgerMemory } from "../../lib/adapters/deno_kv/ledger_memory.ts";
import { accountIdOf } from "../../lib/domain/ids.ts";
import type { BetAnswer } from "../../lib/app/place_bet.ts";
import { aRequest, openAlice } from "../app/bookmaker.ts";
import { assertExposures, assertLogged, placedBets, soundChain } from "../app/invariants.ts";
import { type KvParts, partsOn, simulated } from "../faults/kv_home.ts";
import { ALICE, noWait } from "../given.ts";
import { assertRowsRight } from "./drawn_rows.ts";

/** Enough to fill several runs. */
const MANY = 1_050;

const request = (number: number) => ({ requestId: `request ${number}`, stakeMinor: 1 });

/** An account with that many bets, of which rows tell. */
async function withManyRequests(kv: Deno.Kv): Promise<readonly BetAnswer[]> {
  const parts = partsOn(kv, { backoff: noWait });
  await openAlice(parts.ledger, 10_000);
  const answers: BetAnswer[] = [];
  for (let start = 0; start < MANY; start += 210) {
    const group = Array.from({ length: 210 }, (_, number) => parts.place(request(start + number)));
    answers.push(...await Promise.all(group));
    await parts.checkpointer.run();
  }
  return answers;
}

Deno.test("an account with too many requests to keep answers every one of them as the first time", async () => {
  await simulated(async (kv) => {
    const first = await withManyRequests(kv);
    // Room for a thousand requests of one account.
    const memory = new LedgerMemory(new AccountMemory(2_000));
    const parts = partsOn(kv, { backoff: noWait, memory });
    for (const requestId of ["new 1", "new 2"]) await parts.place({ requestId });
    assertEquals(memory.accounts.get(ALICE)?.requests, null);

    const numbers = [0, 1, 499, 500, 1_000, MANY - 1];
    for (const number of numbers) await assertReplayed(parts, { number, first });
    // Among others in one group, new ones and one that is asked with another stake.
    const group = await Promise.all([
      parts.place({ requestId: "new 3" }),
      parts.place(request(77)),
      parts.place({ requestId: "new 4" }),
      parts.place({ ...request(78), stakeMinor: 2 }),
      parts.place({ requestId: "new 1" }),
    ]);
    assertEquals(group.map((answer) => answer.kind), [
      "placed",
      "placed",
      "placed",
      "mismatch",
      "placed",
    ]);
    assertEquals(group.map((answer) => answer.kind === "placed" && answer.replayed), [
      false,
      true,
      false,
      false,
      true,
    ]);
    assertEquals(placedBets(await soundChain(parts.ledger)).length, MANY + 4);
    await parts.checkpointer.run();
    for (const number of numbers) await assertReplayed(parts, { number, first });
    await assertRowsRight(kv);
  });
});

Deno.test("requests that came while an account was made known are known, also once rows have them", async () => {
  await simulated(async (kv) => {
    const early = partsOn(kv, { backoff: noWait });
    await openAlice(early.ledger, 10_000);
    // More than the account's row names, so that they have to be read from rows of their own.
    for (let number = 0; number < 20; number++) await early.place(request(number));
    await early.checkpointer.run();

    const parts = partsOn(kv, { backoff: noWait });
    const first: BetAnswer[] = [];
    for (const number of [20, 21, 22]) first.push(await parts.place(request(number)));
    assert(parts.ledger.memory.accounts.get(ALICE)?.requests, "the account is known");
    await parts.checkpointer.run();
    for (const number of [0, 19]) {
      const again = await parts.place(request(number));
      assert(again.kind === "placed" && again.replayed);
    }
    for (const [index, answer] of first.entries()) {
      assert(answer.kind === "placed" && !answer.replayed);
      assertEquals(await parts.place(request(20 + index)), { ...answer, replayed: true });
    }
    assertEquals(placedBets(await soundChain(parts.ledger)).length, 23);
  });
});

Deno.test("what does not fit into memory any more changes no decision", async () => {
  await simulated(async (kv) => {
    const accountIds = Array.from({ length: 12 }, (_, number) => (
      accountIdOf(`${number}`.padStart(16, "0"))
    ));
    // Room for three accounts with a few requests each.
    const memory = new LedgerMemory(new AccountMemory(200));
    const parts = partsOn(kv, { backoff: noWait, memory });
    for (const accountId of accountIds) await openAlice(parts.ledger, 100, accountId);
    for (let round = 0; round < 4; round++) {
      // The whole group is larger than memory; then each by itself, once more and anew.
      const group = await Promise.all(accountIds.map((accountId) => (
        parts.services.placeBet(
          aRequest({ accountId, requestId: `group ${round}`, stakeMinor: 20 }),
        )
      )));
      assertEquals(new Set(group.map(({ kind }) => kind)), new Set(["placed"]));
      for (const [index, accountId] of accountIds.entries()) {
        const asked = aRequest({ accountId, requestId: `group ${round}`, stakeMinor: 20 });
        const again = await parts.services.placeBet(asked);
        assert(again.kind === "placed" && again.replayed);
        assertEquals(again, { ...group[index], replayed: true });
      }
      if (round % 2 === 1) await parts.checkpointer.run();
    }
    for (const accountId of accountIds) {
      const [last, beyond] = await Promise.all([21, 20].map((stakeMinor) => (
        parts.services.placeBet(
          aRequest({ accountId, requestId: `last ${stakeMinor}`, stakeMinor }),
        )
      )));
      assertEquals([last?.kind, beyond?.kind], ["refused", "placed"]);
    }
    const chains = [];
    for (const accountId of accountIds) chains.push(await soundChain(parts.ledger, accountId));
    assertEquals(new Set(chains.map((chain) => chain.length)), new Set([8]));
    await parts.drainer.wake();
    await assertLogged(parts, ...chains);
    await assertExposures(parts.ledger, ...chains);
    await assertRowsRight(kv);
  });
});

async function assertReplayed(
  parts: KvParts,
  asked: { readonly number: number; readonly first: readonly BetAnswer[] },
): Promise<void> {
  const answer = await parts.place(request(asked.number));
  assert(answer.kind === "placed");
  assertEquals(answer, { ...asked.first[asked.number], replayed: true });
}

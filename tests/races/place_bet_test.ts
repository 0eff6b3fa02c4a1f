import { assert, assertEquals } from "@std/assert";
import type { BetAnswer } from "../../lib/app/place_bet.ts";
import { ALICE } from "../given.ts";
import { placedBets, soundChain } from "../app/invariants.ts";
import { bettor, race, tally } from "./race.ts";

const bets = (count: number) =>
  Array.from({ length: count }, (_, number) => bettor({ requestId: `request-${number}` }));

const AFFORDS: readonly [number, number][] = [[2, 1], [3, 1], [3, 2], [2, 0], [3, 3]];

for (const [count, affordable] of AFFORDS) {
  Deno.test(`placeBet() ${count} times at once takes ${affordable} that the account affords`, async () => {
    const balanceMinor = affordable * 100 + 99;
    await race({ balanceMinor, callers: bets(count) }, async (answers, { ledger }) => {
      const refused = count - affordable;
      assertEquals(tally(answers), {
        ...(affordable > 0 ? { placed: affordable } : {}),
        ...(refused > 0 ? { insufficient_funds: refused } : {}),
      });
      const chain = await soundChain(ledger);
      assertEquals([chain.length, placedBets(chain).length], [2 + count, affordable]);
      assertEquals(chain.at(-1)?.state.balanceMinor, 99);
    });
  });
}

Deno.test("placeBet() with different stakes at once never takes more than there is", async () => {
  const callers = [60, 70, 30].map((stakeMinor) =>
    bettor({ requestId: `of ${stakeMinor}`, stakeMinor })
  );
  await race({ balanceMinor: 100, callers }, async (answers, { ledger }) => {
    const { placed = 0 } = tally(answers);
    assert(placed === 1 || placed === 2, "60 and 30, or 70 and 30, or the first of 60 and 70");
    const stakes = placedBets(await soundChain(ledger)).map((bet) => bet.stakeMinor);
    assertEquals(stakes.length, placed);
    assert(stakes.reduce((sum, stake) => sum + stake, 0) <= 100);
  });
});

for (const count of [2, 3]) {
  Deno.test(`placeBet() of one request from ${count} callers at once is one bet and one answer`, async () => {
    const callers = Array.from({ length: count }, () => bettor({ requestId: "same" }));
    await race({ balanceMinor: 1_000, callers }, async (answers, { ledger }) => {
      assertEquals(tally(answers), { placed: count });
      assertEquals(answers.filter((answer) => !replayed(answer)).length, 1);
      const [first, ...others] = answers.map((answer) => ({ ...answer, replayed: null }));
      for (const other of others) assertEquals(other, first);
      assertEquals(placedBets(await soundChain(ledger)).length, 1);
    });
  });

  Deno.test(`placeBet() of one refused request from ${count} callers is one refusal`, async () => {
    const callers = Array.from({ length: count }, () => bettor({ requestId: "same" }));
    await race({ balanceMinor: 99, callers }, async (answers, { ledger }) => {
      assertEquals(tally(answers), { insufficient_funds: count });
      assertEquals(answers.filter((answer) => !replayed(answer)).length, 1);
      assertEquals((await soundChain(ledger)).length, 3);
    });
  });
}

Deno.test("placeBet() of one id with two bodies takes the one and answers mismatch to the other", async () => {
  const stakes = [100, 200];
  const callers = stakes.map((stakeMinor) => bettor({ requestId: "same", stakeMinor }));
  await race({ balanceMinor: 1_000, callers }, async (answers, { ledger }) => {
    assertEquals(tally(answers), { placed: 1, mismatch: 1 });
    const taken = answers.findIndex((answer) => answer.kind === "placed");
    const [bet, ...others] = placedBets(await soundChain(ledger));
    assertEquals([bet?.stakeMinor, others.length], [stakes[taken], 0]);
  });
});

Deno.test("placeBet() beside two drainers leaves each record in the log once", async () => {
  await race({ balanceMinor: 199, callers: bets(3), drainers: 2 }, (answers) => {
    assertEquals(tally(answers), { placed: 1, insufficient_funds: 2 });
  });
});

Deno.test("placeBet() takes no bet at a price that a market has left", async () => {
  const home = { id: "home", name: "Home", price: { num: 2, den: 1 }, liabilityCapMinor: 1_000 };
  let entriesBefore = 0;
  await race({
    balanceMinor: 1_000,
    callers: bets(2),
    meanwhile: ({ database, move }) => {
      entriesBefore = database.chains.get(ALICE)?.length ?? 0;
      move({ selections: [home] });
    },
  }, async (answers, { ledger }) => {
    const chain = await soundChain(ledger);
    assertEquals(tally(answers).placed ?? 0, placedBets(chain).length);
    for (const { event, seq } of chain.slice(2)) {
      if (seq <= entriesBefore) assertEquals(event.type, "bet.placed");
      else assert(event.type === "bet.refused" && event.refusal.kind === "price_changed");
    }
  });
});

function replayed(answer: BetAnswer): boolean {
  return "replayed" in answer && answer.replayed;
}

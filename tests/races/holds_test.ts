import { assert, assertEquals } from "@std/assert";
import type { HoldAnswer } from "../../lib/app/holds.ts";
import type { BetAnswer } from "../../lib/app/place_bet.ts";
import { placedBets, soundChain } from "../app/invariants.ts";
import { ALICE, BOB, MATCH } from "../given.ts";
import { aRequest, openAlice } from "../app/bookmaker.ts";
import { assertOneHeld, assertOneWon, authorise, DEAD_AT_MS, type Wish, wish } from "./holds.ts";
import { type Doing, kvRace } from "./kv_race.ts";
import { bettor, type Caller, race, tally } from "./race.ts";

const RIVALS: readonly (readonly Wish[])[] = [
  ["confirm", "void"],
  ["confirm", "expire"],
  ["void", "expire"],
  ["confirm", "void", "expire"],
];

const wisher = (wanted: Wish): Caller<HoldAnswer | number> => (services) => wish(services, wanted);

for (const wishes of RIVALS) {
  Deno.test(`of ${wishes.join(", ")} at once, exactly one wins`, async () => {
    await race({
      balanceMinor: 100,
      nowMs: DEAD_AT_MS,
      before: ({ services }) => authorise(services),
      callers: wishes.map(wisher),
    }, (answers, { ledger }) => assertOneWon(ledger, wishes, answers));
  });
}

Deno.test("of confirm, void and expire in three processes on Deno KV, exactly one wins", async () => {
  const wishes: readonly Wish[] = ["confirm", "void", "expire"];
  await kvRace({
    balanceMinor: 100,
    nowMs: DEAD_AT_MS,
    before: ({ services }) => authorise(services),
    processes: wishes.map((wanted) => ({ services }) => wish(services, wanted)),
  }, (answers, { ledger }) => assertOneWon(ledger, wishes, answers));
});

Deno.test("a hold confirmed by two requests at once is one bet; the other hears that it is posted", async () => {
  const wishes: readonly Wish[] = ["confirm", "confirm"];
  await race({
    balanceMinor: 100,
    before: ({ services }) => authorise(services),
    callers: ["one", "other"].map((requestId) => (services) =>
      wish(services, "confirm", requestId)
    ),
  }, async (answers, { ledger }) => {
    await assertOneWon(ledger, wishes, answers);
    assertEquals(placedBets(await soundChain(ledger)).length, 1);
  });
});

Deno.test("two holds at once on one account: one is authorised, the other refused for it", async () => {
  const callers = ["one", "other"].map((requestId): Caller<HoldAnswer> => (services) =>
    authorise(services, requestId)
  );
  const after = (answers: readonly HoldAnswer[]) => void assertOneHeld(answers);
  await race({ balanceMinor: 1_000, callers }, after);
  const processes = callers.map((call): Doing<HoldAnswer> => ({ services }) => call(services));
  await kvRace({ balanceMinor: 1_000, processes }, after);
});

Deno.test("a bet and a hold at once on the same pound: one gets it", async () => {
  const callers: readonly Caller<BetAnswer | HoldAnswer>[] = [
    bettor({ requestId: "bet" }),
    (services) => authorise(services),
  ];
  await race({ balanceMinor: 199, callers }, async (answers, { ledger }) => {
    const { placed = 0, held = 0, ...others } = tally(answers);
    assertEquals([placed + held, others], [1, { insufficient_funds: 1 }]);
    const refused = answers.find((answer) => answer.kind === "refused");
    assert(refused?.kind === "refused");
    assertEquals(refused.refusal, { kind: "insufficient_funds", availableMinor: 99 });
    const state = (await ledger.newest(ALICE))?.state;
    assertEquals([state?.balanceMinor, state?.hold !== null], [placed ? 99 : 199, held === 1]);
  });
});

Deno.test("bets and holds of two accounts at once never exceed the cap together", async () => {
  const [home, ...others] = MATCH.selections;
  assert(home);
  const selections = [{ ...home, liabilityCapMinor: 299 }, ...others];
  const callers: readonly Caller<BetAnswer | HoldAnswer>[] = [
    (services) => authorise(services),
    bettor({ accountId: BOB, requestId: "bet" }),
    bettor({ accountId: BOB, requestId: "another", stakeMinor: 99 }),
  ];
  await race({
    balanceMinor: 1_000,
    before: async ({ ledger, move }) => {
      await openAlice(ledger, 1_000, BOB);
      move({ selections });
    },
    callers,
  }, async (answers, { services }) => {
    const { liability_cap: refused = 0, ...taken } = tally(answers);
    const [liabilityMinor = 0] = await services.exposures([{
      marketId: "match",
      selectionId: "home",
    }]);
    // 150, 150 and 148: the first two together are over the cap, each of them with the third is not.
    assert(liabilityMinor <= 299);
    assertEquals([refused, (taken["placed"] ?? 0) + (taken["held"] ?? 0)], [1, 2]);
  });
});

Deno.test("a dead hold gives way at once: to its account's next hold, whoever sweeps beside it", async () => {
  await race<HoldAnswer | number>({
    balanceMinor: 100,
    nowMs: DEAD_AT_MS,
    before: ({ services }) => authorise(services),
    callers: [
      (services) => services.authoriseHold(aRequest({ requestId: "next", atMs: DEAD_AT_MS })),
      (services) => services.sweepHolds(),
    ],
  }, async ([next, swept], { ledger }) => {
    assert(typeof next === "object" && next.kind === "held");
    assert(swept === 0 || swept === 1);
    const events = (await soundChain(ledger)).map(({ event }) => event.type);
    assertEquals(events.slice(2), ["hold.authorised", "hold.expired", "hold.authorised"]);
  });
});

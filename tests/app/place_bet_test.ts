import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import type { BetRequest } from "../../lib/app/backing.ts";
import { accountEntry } from "../../lib/domain/entry.ts";
import { answerFrom } from "../../lib/app/place_bet.ts";
import type { LedgerStore } from "../../lib/ports/ledger_store.ts";
import { ALICE, BOB, MATCH } from "../given.ts";
import { aRequest, type Bookmaker, openAlice, openBookmaker } from "./bookmaker.ts";
import { placedBets, soundChain } from "./invariants.ts";

Deno.test("placeBet() answers the bet and the account after it, and stores both as one entry", async () => {
  const { place, ledger } = await openBookmaker();
  const answer = await place({ actor: "player:somebody", atMs: 1_767_268_800_123 });
  assert(answer.kind === "placed");
  assertEquals(answer.replayed, false);
  assertEquals(answer.bet.id, "bet_alice00000000000_3");
  assertEquals([answer.bet.potentialReturnsMinor, answer.bet.placedAtMs], [250, 1_767_268_800_123]);
  assertEquals([answer.account.balanceMinor, answer.account.atRiskMinor], [900, 100]);

  const entry = await ledger.entry(ALICE, 3);
  assertEquals(await ledger.newest(ALICE), { seq: 3, state: answer.account });
  assertEquals(entry?.event.type === "bet.placed" && entry.event.bet, answer.bet);
  assertEquals(entry?.state, answer.account);
  assertEquals([entry?.actor, entry?.atMs], ["player:somebody", 1_767_268_800_123]);
  assertEquals(entry?.answers?.requestId, "request-1");
});

Deno.test("placeBet() answers a refusal, stores it, and leaves the account as it was", async () => {
  const { place, ledger, log } = await openBookmaker();
  const before = (await ledger.newest(ALICE))?.state;
  assertEquals(await place({ stakeMinor: 1_001 }), {
    kind: "refused",
    refusal: { kind: "insufficient_funds", availableMinor: 1_000 },
    replayed: false,
  });
  const entry = await ledger.entry(ALICE, 3);
  assertEquals([entry?.event.type, entry?.state], ["bet.refused", before]);
  assertEquals(await ledger.entry(ALICE, 4), null);
  assertEquals(await log.waits(ALICE, 3), true);
});

Deno.test("placeBet() replays an accepted bet although the market has moved and closed since", async () => {
  const { place, database, move } = await openBookmaker();
  const first = await place();
  assert(first.kind === "placed");
  database.exposures.set("match\nhome", 100_000_000);
  move({ status: "closed" });
  const commits = database.commits;
  assertEquals(await place({ atMs: 1_900_000_000_000 }), { ...first, replayed: true });
  assertEquals(database.commits, commits);
});

Deno.test("placeBet() replays a refusal although the bet could be taken by now", async () => {
  const { place, ledger, move } = await openBookmaker();
  move({ status: "suspended" });
  const first = await place();
  assert(first.kind === "refused");
  move({ status: "open" });
  assertEquals(await place(), { ...first, replayed: true });
  assertEquals(placedBets(await soundChain(ledger)), []);
});

Deno.test("placeBet() replays the account as it was after the bet, not as it is now", async () => {
  const { place } = await openBookmaker();
  const first = await place();
  await place({ requestId: "request-2" });
  assert(first.kind === "placed");
  assertEquals(await place(), { ...first, replayed: true });
});

const OTHERS: { readonly [what: string]: Partial<BetRequest> } = {
  "stake": { stakeMinor: 101 },
  "price change": { priceChange: "any" },
  "price": { legs: [{ marketId: "match", selectionId: "home", price: { num: 2, den: 1 } }] },
  "selection": { legs: [{ marketId: "match", selectionId: "away", price: { num: 5, den: 2 } }] },
  "market": { legs: [{ marketId: "other", selectionId: "home", price: { num: 5, den: 2 } }] },
};

for (const [what, change] of Object.entries(OTHERS)) {
  Deno.test(`placeBet() answers mismatch for a used id with another ${what}, and does nothing`, async () => {
    const { place, ledger, database } = await openBookmaker();
    await place();
    const { commits } = database;
    assertEquals(await place(change), { kind: "mismatch" });
    assertEquals([database.commits, (await soundChain(ledger)).length], [commits, 3]);
  });
}

Deno.test("placeBet() lets two accounts use the same request id", async () => {
  const { place, ledger } = await openBookmaker();
  await openAlice(ledger, 1_000, BOB);
  assertEquals((await place()).kind, "placed");
  const bobs = await place({ accountId: BOB, stakeMinor: 7 });
  assertEquals(bobs.kind === "placed" && [bobs.replayed, bobs.bet.accountId], [false, BOB]);
});

Deno.test("placeBet() decides again when the market moves between its read and its write", async () => {
  const bookmaker = await openBookmaker();
  const moved = MATCH.selections.map((one) => ({ ...one, price: { num: 9, den: 4 } }));
  const ledger = meanwhile(bookmaker, () => bookmaker.move({ selections: moved }));
  const answer = await bookmaker.process(ledger).placeBet(aRequest());
  assert(answer.kind === "refused" && answer.refusal.kind === "price_changed");
  assertEquals(answer.refusal.currentPrice, { num: 9, den: 4 });
  assertEquals(placedBets(await soundChain(bookmaker.ledger)), []);
});

Deno.test("placeBet() decides again when another bet takes the money in between", async () => {
  const bookmaker = await openBookmaker({ balanceMinor: 150 });
  const ledger = meanwhile(bookmaker, () => bookmaker.place({ requestId: "other" }));
  assertEquals(await bookmaker.process(ledger).placeBet(aRequest()), {
    kind: "refused",
    refusal: { kind: "insufficient_funds", availableMinor: 50 },
    replayed: false,
  });
});

Deno.test("placeBet() decides again when another bet takes the last liability in between", async () => {
  const bookmaker = await openBookmaker();
  const selections = MATCH.selections.map((one) => ({ ...one, liabilityCapMinor: 200 }));
  bookmaker.move({ selections });
  await openAlice(bookmaker.ledger, 1_000, BOB);
  const ledger = meanwhile(bookmaker, () => bookmaker.place({ accountId: BOB }));
  const answer = await bookmaker.process(ledger).placeBet(aRequest());
  assert(answer.kind === "refused" && answer.refusal.kind === "liability_cap");
  // 1.50 of 2.00 is taken. A stake of 0.33 wins 0.49 of the rest, one of 0.34 would win 0.51.
  assertEquals(answer.refusal.maxStakeMinor, 33);
  assertEquals(await bookmaker.ledger.exposures([{ marketId: "match", selectionId: "home" }]), [
    150,
  ]);
});

Deno.test("placeBet() places the same request twice at once as one bet", async () => {
  const { place, ledger } = await openBookmaker();
  const [first, second, other] = await Promise.all([place(), place(), place({ stakeMinor: 7 })]);
  assert(first?.kind === "placed");
  assertEquals(second, { ...first, replayed: true });
  assertEquals(other, { kind: "mismatch" });
  assertEquals(placedBets(await soundChain(ledger)), [first.bet]);
});

Deno.test("placeBet() decides those who come together one after another, on one balance", async () => {
  const { place, ledger, database } = await openBookmaker({ balanceMinor: 250 });
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, number) => place({ requestId: `request-${number}` })),
  );
  assertEquals(answers.map((answer) => answer.kind), [
    ...["placed", "placed", ...Array(8).fill("refused")],
  ]);
  assertEquals([placedBets(await soundChain(ledger)).length, database.commits], [2, 1]);
});

Deno.test("placeBet() throws for an account that is not there, and writes nothing", async () => {
  const { place, database } = await openBookmaker();
  await assertRejects(() => place({ accountId: BOB }), Error, "not open");
  assertEquals([database.commits, database.chains.has(BOB)], [0, false]);
});

Deno.test("answerFrom() throws for an entry that answers no bet", async () => {
  const { ledger } = await openBookmaker();
  const deposited = await ledger.entry(ALICE, 2);
  assert(deposited);
  assertThrows(
    () => answerFrom(accountEntry(deposited), { replayed: true }),
    Error,
    "deposit.accepted",
  );
});

/** A ledger in which something else happens, once, between a read and the write that follows it. */
function meanwhile({ ledger }: Bookmaker, happens: () => unknown): LedgerStore {
  let happened = false;
  return Object.assign(Object.create(ledger) as LedgerStore, {
    view: async (queries: Parameters<LedgerStore["view"]>[0]) => {
      const view = await ledger.view(queries);
      if (!happened) {
        happened = true;
        await happens();
      }
      return view;
    },
    commit: ledger.commit.bind(ledger),
  });
}

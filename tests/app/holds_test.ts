import { assert, assertEquals, assertThrows } from "@std/assert";
import { holdAnswerFrom } from "../../lib/app/holds.ts";
import { aHold, ALICE, BOB, NOON_MS } from "../given.ts";
import { aRequest, openAlice } from "./bookmaker.ts";
import { aboutHold, EXPIRY_MS, HOLD_ID, openHolding } from "./holding.ts";
import { assertExposures, placedBets, soundChain } from "./invariants.ts";
import { accountEntry } from "../../lib/domain/entry.ts";

Deno.test("authoriseHold() answers the hold and the account, and stores both as one entry", async () => {
  const { services, ledger, exposureMinor } = await openHolding();
  const answer = await services.authoriseHold(aRequest());
  assert(answer.kind === "held");
  assertEquals(answer.hold, aHold());
  assertEquals([answer.status, answer.replayed, answer.decidedAtMs], ["pending", false, NOON_MS]);
  assertEquals([answer.account.balanceMinor, answer.account.hold], [1_000, aHold()]);
  const entry = await ledger.entry(ALICE, 3);
  assertEquals([entry?.state, entry?.answers?.requestId], [answer.account, "request-1"]);
  assertEquals(await exposureMinor(), 150);
});

Deno.test("authoriseHold() answers a refusal, stores it, and holds nothing", async () => {
  const { services, ledger, exposureMinor } = await openHolding();
  const refused = {
    kind: "refused",
    refusal: { kind: "insufficient_funds", availableMinor: 1_000 },
  };
  const request = aRequest({ stakeMinor: 1_001 });
  assertEquals<unknown>(await services.authoriseHold(request), { ...refused, replayed: false });
  assertEquals<unknown>(await services.authoriseHold(request), { ...refused, replayed: true });
  assertEquals((await soundChain(ledger)).map(({ event }) => event.type).at(-1), "hold.refused");
  assertEquals(await exposureMinor(), 0);
});

Deno.test("confirmHold() makes the hold one bet, named after its own entry", async () => {
  const { services, ledger } = await openHolding();
  await services.authoriseHold(aRequest());
  const answer = await services.confirmHold(aboutHold({ atMs: EXPIRY_MS - 1 }));
  assert(answer.kind === "confirmed");
  assertEquals([answer.bet.id, answer.bet.requestId], ["bet_alice00000000000_4", "request-2"]);
  assertEquals([answer.bet.stakeMinor, answer.bet.potentialReturnsMinor], [100, 250]);
  const { balanceMinor, atRiskMinor, hold } = answer.account;
  assertEquals([balanceMinor, atRiskMinor, hold], [900, 100, null]);
  assertEquals(await services.bet(ALICE, answer.bet.id), answer.bet);
  await assertExposures(ledger, await soundChain(ledger));
});

Deno.test("voidHold() gives the money and the liability back", async () => {
  const { services, exposureMinor } = await openHolding();
  await services.authoriseHold(aRequest());
  const answer = await services.voidHold(aboutHold());
  assert(answer.kind === "held");
  assertEquals([answer.status, answer.account.hold], ["voided", null]);
  assertEquals(await exposureMinor(), 0);
});

Deno.test("every answer about a hold is replayed as it was, whatever has become of it", async () => {
  const { services, database, ledger, move } = await openHolding();
  const asks = [
    () => services.authoriseHold(aRequest()),
    () => services.voidHold(aboutHold()),
    () => services.confirmHold(aboutHold({ requestId: "request-3" })),
    () => services.authoriseHold(aRequest({ requestId: "request-4" })),
    () =>
      services.confirmHold(
        aboutHold({ requestId: "request-5", holdId: "hold_alice00000000000_6" }),
      ),
  ];
  const first = [];
  for (const ask of asks) first.push(await ask());
  assertEquals(first.map((answer) => answer.kind), [
    ...["held", "held", "refused", "held", "confirmed"],
  ]);
  move({ status: "closed" });
  const { commits } = database;
  for (const [index, ask] of asks.entries()) {
    assertEquals<unknown>(await ask(), { ...first[index], replayed: true });
  }
  assertEquals([database.commits, (await soundChain(ledger)).length], [commits, 7]);
});

Deno.test("an id that was used for one thing answers mismatch to every other", async () => {
  const { services, ledger } = await openHolding();
  const asks = {
    place: () => services.placeBet(aRequest({ requestId: "place" })),
    authorise: () => services.authoriseHold(aRequest({ requestId: "authorise" })),
    confirm: () => services.confirmHold(aboutHold({ requestId: "confirm" })),
    void: () => services.voidHold(aboutHold({ requestId: "void" })),
  };
  for (const ask of Object.values(asks)) await ask();
  const chain = await soundChain(ledger);
  for (const requestId of Object.keys(asks)) {
    const others = {
      place: () => services.placeBet(aRequest({ requestId })),
      authorise: () => services.authoriseHold(aRequest({ requestId })),
      confirm: () => services.confirmHold(aboutHold({ requestId })),
      void: () => services.voidHold(aboutHold({ requestId })),
    };
    for (const [what, ask] of Object.entries(others)) {
      const { kind } = await ask();
      assertEquals(kind === "mismatch", what !== requestId, `${what} under the id of ${requestId}`);
    }
  }
  // The same thing asked of another hold is something else as well.
  const other = { holdId: "hold_alice00000000000_9" };
  for (const ask of [services.confirmHold, services.voidHold]) {
    const requestId = ask === services.confirmHold ? "confirm" : "void";
    assertEquals(await ask(aboutHold({ requestId, ...other })), { kind: "mismatch" });
  }
  assertEquals(await soundChain(ledger), chain);
});

Deno.test("confirmHold() and voidHold() do not know another account's hold", async () => {
  const { services, ledger } = await openHolding();
  await openAlice(ledger, 1_000, BOB);
  await services.authoriseHold(aRequest());
  const bobs = { accountId: BOB, actor: `player:${BOB}` };
  const refusal = { kind: "hold_unknown", holdId: HOLD_ID };
  for (const ask of [services.confirmHold, services.voidHold]) {
    const requestId = ask === services.confirmHold ? "confirm" : "void";
    const answer = await ask(aboutHold({ ...bobs, requestId }));
    assertEquals<unknown>(answer, { kind: "refused", refusal, replayed: false });
  }
  assertEquals((await ledger.newest(ALICE))?.state.hold, aHold());
});

Deno.test("confirmHold() and voidHold() at once: exactly one wins, in the order of arrival", async () => {
  for (const first of ["confirm", "void"] as const) {
    const { services, ledger } = await openHolding();
    await services.authoriseHold(aRequest());
    const asks = {
      confirm: () => services.confirmHold(aboutHold({ requestId: "confirm" })),
      void: () => services.voidHold(aboutHold({ requestId: "void" })),
    };
    const second = first === "confirm" ? "void" : "confirm";
    const [won, lost] = await Promise.all([asks[first](), asks[second]()]);
    assertEquals(won.kind, first === "confirm" ? "confirmed" : "held");
    const status = first === "confirm" ? "posted" : "voided";
    const refusal = { kind: "hold_not_pending", holdId: HOLD_ID, status };
    assertEquals<unknown>(lost, { kind: "refused", refusal, replayed: false });
    const chain = await soundChain(ledger);
    assertEquals(placedBets(chain).length, first === "confirm" ? 1 : 0);
    await assertExposures(ledger, chain);
  }
});

Deno.test("a hold that is authorised and confirmed in one group is seen by the confirmation", async () => {
  const { services, ledger, database } = await openHolding();
  const [held, confirmed] = await Promise.all([
    services.authoriseHold(aRequest()),
    services.confirmHold(aboutHold()),
  ]);
  assertEquals([held.kind, confirmed.kind, database.commits], ["held", "confirmed", 1]);
  await assertExposures(ledger, await soundChain(ledger));
});

Deno.test("a request that comes after the hold's time ends it first, in the same write", async () => {
  const { services, ledger, database } = await openHolding({ balanceMinor: 100 });
  await services.authoriseHold(aRequest());
  const { commits } = database;
  // All of the balance was held: only the end of the hold makes this bet possible.
  const answer = await services.placeBet(aRequest({ requestId: "late", atMs: EXPIRY_MS }));
  assertEquals(answer.kind === "placed" && answer.bet.id, "bet_alice00000000000_5");
  assertEquals(database.commits, commits + 1);
  const [expired, placed] = (await soundChain(ledger)).slice(3);
  assertEquals([expired?.event.type, expired?.actor], ["hold.expired", "system"]);
  assertEquals([expired?.answers, placed?.answers?.requestId], [null, "late"]);
  await assertExposures(ledger, await soundChain(ledger));
});

Deno.test("holdAnswerFrom() throws for an entry that answers nothing about a hold", async () => {
  const { ledger } = await openHolding();
  const deposited = await ledger.entry(ALICE, 2);
  assert(deposited);
  assertThrows(
    () => holdAnswerFrom(accountEntry(deposited), { replayed: true }),
    Error,
    "deposit.accepted",
  );
});

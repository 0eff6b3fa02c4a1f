import { assert, assertEquals } from "@std/assert";
import type { AccountCommand } from "../../lib/domain/commands.ts";
import { aBet, aHold, anAuthorisation, HOLD_MS, MATCH, NOON_MS } from "../given.ts";
import { OneAccount } from "./one_account.ts";

const EXPIRY_MS = NOON_MS + HOLD_MS;
const HOME_KEY = "match\nhome";
const { id: HOLD_ID } = aHold();

/** An account of 1.00, all of it held, on a selection that can bear no more than that. */
function allHeld(): OneAccount {
  const account = new OneAccount(100);
  const selections = MATCH.selections.map((one) => ({ ...one, liabilityCapMinor: 150 }));
  account.markets = [{ ...MATCH, selections }];
  account.ask(anAuthorisation());
  return account;
}

const EXPIRED = { type: "hold.expired", hold: aHold(), postings: [] } as const;

Deno.test("decide() ends a dead hold first, so that a bet finds its money and its liability free", () => {
  const early = allHeld();
  assertEquals(early.answer(aBet({ atMs: EXPIRY_MS - 1 })).type, "bet.refused");
  const account = allHeld();
  const [expired, placed, ...more] = account.ask(aBet({ atMs: EXPIRY_MS }));
  assertEquals([expired, more], [EXPIRED, []]);
  assert(placed?.type === "bet.placed");
  // The bet is named after its own entry, which is the second one.
  assertEquals([placed.bet.id, placed.hold], ["bet_alice00000000000_5", null]);
  assertEquals([account.state.balanceMinor, account.state.atRiskMinor], [0, 100]);
  assertEquals(account.exposures.get(HOME_KEY), 150);
});

Deno.test("decide() counts exactly the dead hold's liability as free, and no more", () => {
  const account = allHeld();
  account.ask({ type: "deposit", amountMinor: 100 });
  const [, refused] = account.ask(aBet({ stakeMinor: 101, atMs: EXPIRY_MS }));
  assert(refused?.type === "bet.refused" && refused.refusal.kind === "liability_cap");
  assertEquals(refused.refusal.maxStakeMinor, 100);
});

Deno.test("decide() ends a dead hold first, so that another one can be authorised", () => {
  const account = allHeld();
  const [expired, authorised] = account.ask(anAuthorisation({ atMs: EXPIRY_MS }));
  assertEquals(expired, EXPIRED);
  const hold = aHold({
    id: "hold_alice00000000000_5",
    authorisedAtMs: EXPIRY_MS,
    expiresAtMs: EXPIRY_MS + HOLD_MS,
  });
  assertEquals(authorised, { type: "hold.authorised", hold, postings: [] });
  assertEquals([account.state.hold, account.exposures.get(HOME_KEY)], [hold, 150]);
});

Deno.test("decide() ends a dead hold first also when it is the one asked about, or another is", () => {
  const asks: readonly AccountCommand[] = [HOLD_ID, "hold_alice00000000000_9"].flatMap((
    holdId,
  ): readonly AccountCommand[] => [
    { type: "confirm", holdId, betId: aBet().betId, requestId: "request-2", atMs: EXPIRY_MS },
    { type: "void", holdId, atMs: EXPIRY_MS },
  ]);
  for (const ask of asks) {
    const account = allHeld();
    const [expired, refused, ...more] = account.ask(ask);
    assertEquals([expired, more], [EXPIRED, []]);
    assert(refused?.type === "hold.refused" && "holdId" in ask);
    const kind = ask.holdId === HOLD_ID ? "hold_expired" : "hold_unknown";
    assertEquals(refused.refusal.kind, kind);
    assertEquals([account.state.hold, account.exposures.get(HOME_KEY)], [null, 0]);
  }
});

Deno.test("decide() ends a dead hold first also when the answer is a refusal for another reason", () => {
  const account = allHeld();
  const [expired, refused] = account.ask(aBet({ stakeMinor: 0, atMs: EXPIRY_MS }));
  assertEquals(expired, EXPIRED);
  assert(refused?.type === "bet.refused");
  assertEquals(refused.refusal.kind, "stake_out_of_range");
});

Deno.test("decide() ends a dead hold once: who comes second finds nothing to end", () => {
  const account = allHeld();
  account.ask({ type: "expire", holdId: HOLD_ID, atMs: EXPIRY_MS });
  const events = account.ask(aBet({ atMs: EXPIRY_MS }));
  assertEquals(events.map((event) => event.type), ["bet.placed"]);
});

Deno.test("decide() lets a deposit in without ending a hold, alive or dead", () => {
  const account = allHeld();
  const events = account.ask({ type: "deposit", amountMinor: 5 });
  assertEquals(events.map((event) => event.type), ["deposit.accepted"]);
  assertEquals(account.state.hold, aHold());
});

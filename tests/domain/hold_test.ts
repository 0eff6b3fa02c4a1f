import { assertEquals } from "@std/assert";
import { accountAt, availableMinor, heldMinor } from "../../lib/domain/account.ts";
import { holdFateAfter, isDead, statusAt } from "../../lib/domain/hold.ts";
import { aBet, aHold, ALICE, anAuthorisation, openedWith } from "../given.ts";
import { OneAccount } from "./one_account.ts";

const HOLD = aHold({ amountMinor: 30 });
const { expiresAtMs } = HOLD;

Deno.test("isDead() holds from exactly expiresAtMs on", () => {
  const times = [expiresAtMs - 1, expiresAtMs, expiresAtMs + 1];
  assertEquals(times.map((atMs) => isDead(HOLD, atMs)), [false, true, true]);
});

Deno.test("statusAt() is expired for a pending hold that is dead, and only for that", () => {
  for (const status of ["pending", "posted", "voided", "expired"] as const) {
    assertEquals(statusAt({ hold: HOLD, status }, expiresAtMs - 1), status);
    const late = statusAt({ hold: HOLD, status }, expiresAtMs);
    assertEquals(late, status === "pending" ? "expired" : status);
  }
});

Deno.test("accountAt() has a hold until exactly expiresAtMs, and is the same account otherwise", () => {
  const { state } = openedWith(ALICE, 100)[1];
  const account = { ...state, hold: HOLD };
  assertEquals(accountAt(account, expiresAtMs - 1), account);
  assertEquals(accountAt(account, expiresAtMs), { ...account, hold: null });
  assertEquals(accountAt(state, expiresAtMs), state);
});

Deno.test("heldMinor() and availableMinor() divide the balance", () => {
  const { state } = openedWith(ALICE, 100)[1];
  assertEquals([heldMinor(state), availableMinor(state)], [0, 100]);
  const account = { ...state, hold: HOLD };
  assertEquals([heldMinor(account), availableMinor(account)], [30, 70]);
});

Deno.test("holdFateAfter() follows a hold to each of its ends", () => {
  const about = { holdId: aHold().id, atMs: aHold().authorisedAtMs };
  const { betId, requestId } = aBet();
  const ends = {
    posted: { type: "confirm", ...about, betId, requestId },
    voided: { type: "void", ...about },
    expired: { type: "expire", ...about, atMs: expiresAtMs },
  } as const;
  for (const [status, command] of Object.entries(ends)) {
    const account = new OneAccount(100);
    const authorised = account.answer(anAuthorisation());
    assertEquals(holdFateAfter(authorised), { hold: aHold(), status: "pending" });
    assertEquals<unknown>(holdFateAfter(account.answer(command)), { hold: aHold(), status });
  }
});

Deno.test("holdFateAfter() is null for what touches no hold", () => {
  const account = new OneAccount(100);
  account.ask(aBet());
  account.ask(aBet({ stakeMinor: 0 }));
  account.ask(anAuthorisation({ stakeMinor: 0 }));
  const types = account.entries.map(({ event }) => event.type);
  assertEquals(types, [
    ...["account.opened", "deposit.accepted", "bet.placed", "bet.refused", "hold.refused"] as const,
  ]);
  assertEquals(account.entries.map(({ event }) => holdFateAfter(event)), Array(5).fill(null));
});

import { assertEquals } from "@std/assert";
import { aHold, ALICE, BOB } from "../given.ts";
import { aRequest } from "./bookmaker.ts";
import { aboutHold, EXPIRY_MS, HOLD_ID, openHolding } from "./holding.ts";

Deno.test("account() shows the money of a dead hold as free, though nothing has swept it", async () => {
  const { services, ledger, time, database } = await openHolding();
  await services.authoriseHold(aRequest());
  time.nowMs = EXPIRY_MS - 1;
  assertEquals((await services.account(ALICE))?.hold, aHold());
  const { commits } = database;
  time.nowMs = EXPIRY_MS;
  const free = await services.account(ALICE);
  assertEquals([free?.balanceMinor, free?.hold], [1_000, null]);
  // It was shown so, and not made so.
  assertEquals([(await ledger.newest(ALICE))?.state.hold, database.commits], [aHold(), commits]);
});

Deno.test("account() is null for an account that is not there", async () => {
  assertEquals(await (await openHolding()).services.account(BOB), null);
});

Deno.test("hold() shows how an account's own hold stands now, and null for any other", async () => {
  const { services, time } = await openHolding();
  await services.authoriseHold(aRequest());
  const at = async (nowMs: number) => {
    time.nowMs = nowMs;
    return await services.hold(ALICE, HOLD_ID);
  };
  assertEquals(await at(EXPIRY_MS - 1), { hold: aHold(), status: "pending" });
  assertEquals(await at(EXPIRY_MS), { hold: aHold(), status: "expired" });
  // Should the clock jump back, it is not over; once it was confirmed, no clock changes that.
  assertEquals((await at(EXPIRY_MS - 1))?.status, "pending");
  await services.confirmHold(aboutHold());
  assertEquals((await at(EXPIRY_MS))?.status, "posted");
  assertEquals(await services.hold(BOB, HOLD_ID), null);
  assertEquals(await services.hold(ALICE, "hold_alice00000000000_4"), null);
});

Deno.test("exposures() tells the liability of each selection, in the order asked", async () => {
  const { services } = await openHolding();
  await services.authoriseHold(aRequest());
  await services.placeBet(aRequest({ requestId: "request-2", stakeMinor: 10 }));
  const [home, away] = ["home", "away"].map((selectionId) => ({ marketId: "match", selectionId }));
  assertEquals(await services.exposures([away!, home!]), [0, 165]);
});

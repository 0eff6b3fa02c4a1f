import { assertEquals } from "@std/assert";
import { openAlice } from "../app/bookmaker.ts";
import { ALICE, noWait } from "../given.ts";
import { inMemory, partsOn } from "./kv_home.ts";

Deno.test("a process that has not heard of an account takes its bets: another process opened it just now", async () => {
  await inMemory(async (kv) => {
    const [one, other] = [partsOn(kv, { backoff: noWait }), partsOn(kv, { backoff: noWait })];
    // From here on it goes by what it has read of the journal: nothing.
    assertEquals(await other.services.account(ALICE), null);
    await openAlice(one.ledger, 1_000);
    const answer = await other.place({ stakeMinor: 100 });
    assertEquals(answer.kind, "placed");
    assertEquals((await one.services.account(ALICE))?.balanceMinor, 900);
  });
});

import { assertEquals } from "@std/assert";
import { aBet, ALICE, MATCH, NOTHING, openedWith } from "../given.ts";
import { quote } from "../../lib/domain/quote.ts";

/** What a stake of 10.00 on "home" at 5/2 is offered instead under a cap of 1.50. */
function offeredUnder(minStakeMinor: number): unknown {
  const selections = MATCH.selections.map((one) => ({ ...one, liabilityCapMinor: 150 }));
  const markets = new Map([[MATCH.id, { ...MATCH, selections }]]);
  const account = openedWith(ALICE, 10_000)[1].state;
  const quoted = quote(
    { ...NOTHING, account, markets },
    aBet({ stakeMinor: 1_000, minStakeMinor }),
  );
  return quoted.ok || quoted.refusal.kind !== "liability_cap" ? null : quoted.refusal.maxStakeMinor;
}

Deno.test("quote() offers the largest stake under the cap, and none below the least stake", () => {
  assertEquals(offeredUnder(1), 100);
  assertEquals(offeredUnder(100), 100);
  assertEquals(offeredUnder(101), 0);
});

import { assertEquals } from "@std/assert";
import { attemptFor, readAttempt } from "../../lib/site/attempt.ts";
import { aSlipLeg } from "./a_slip_leg.ts";

const asked = {
  requestId: "r1",
  accountId: "acc_1",
  stakeMinor: 500,
  priceChange: "higher",
} as const;

Deno.test("attemptFor() makes the exact body: one leg, whole minor units, the price as it was seen", () => {
  const attempt = attemptFor(aSlipLeg({ stakeText: "5.00" }), asked);
  assertEquals(
    attempt.body,
    '{"legs":[{"marketId":"m1","selectionId":"s1","price":{"num":5,"den":2}}],' +
      '"stakeMinor":500,"priceChange":"higher"}',
  );
});

Deno.test("readAttempt() reads back what was kept, to the letter", () => {
  const attempt = attemptFor(aSlipLeg(), asked);
  assertEquals(readAttempt(JSON.stringify(attempt)), attempt);
});

Deno.test("readAttempt() is null for what is not an attempt", () => {
  const attempt = attemptFor(aSlipLeg(), asked);
  for (const json of [null, "", "{", "null", "[]", JSON.stringify({ ...attempt, leg: null })]) {
    assertEquals(readAttempt(json), null);
  }
});

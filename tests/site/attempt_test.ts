import { assertEquals } from "@std/assert";
import { attemptFor, pathOf, readAttempt, stepFor } from "../../lib/site/attempt.ts";
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

Deno.test("pathOf() sends each deed to its own address", () => {
  const hold = attemptFor(aSlipLeg(), { ...asked, does: "hold" });
  const step = { holdId: "hold_1", requestId: "r2" };
  assertEquals(
    [
      attemptFor(aSlipLeg(), asked),
      hold,
      stepFor(hold, { ...step, does: "confirm" }),
      stepFor(hold, { ...step, does: "void" }),
    ].map(pathOf),
    ["/api/bets", "/api/holds", "/api/holds/hold_1/confirm", "/api/holds/hold_1/void"],
  );
});

Deno.test("stepFor() is a request of its own, for the same account and leg", () => {
  const hold = attemptFor(aSlipLeg(), { ...asked, does: "hold" });
  const step = stepFor(hold, { does: "confirm", holdId: "hold_1", requestId: "r2" });
  assertEquals(step, { ...hold, does: "confirm", holdId: "hold_1", requestId: "r2", body: "{}" });
  assertEquals(readAttempt(JSON.stringify(step)), step);
});

Deno.test("readAttempt() takes an attempt without a deed for a bet, and a step only with its hold", () => {
  const attempt = attemptFor(aSlipLeg(), asked);
  const { does: _does, holdId: _holdId, ...older } = attempt;
  assertEquals(readAttempt(JSON.stringify(older)), attempt);
  for (const change of [{ does: "confirm" }, { does: "steal" }, { holdId: "hold_1" }]) {
    assertEquals(readAttempt(JSON.stringify({ ...attempt, ...change })), null);
  }
});

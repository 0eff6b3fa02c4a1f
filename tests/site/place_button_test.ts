import { assertEquals } from "@std/assert";
import { placeButtonState } from "../../lib/site/place_button.ts";
import { readStake } from "../../lib/site/stake_text.ts";

const anyone = { mayBet: true, whyNot: "" };
const leg = (text: string, undecided = false) => ({ stake: readStake(text), undecided });

Deno.test("placeButtonState() says what pressing it will do", () => {
  assertEquals(placeButtonState([leg("5")], anyone), { label: "Place bet · £5.00", reason: null });
  assertEquals(placeButtonState([leg("5"), leg("2.50")], anyone), {
    label: "Place 2 bets · £7.50",
    reason: null,
  });
});

Deno.test("placeButtonState() places only the legs with a stake", () => {
  assertEquals(placeButtonState([leg("5"), leg("")], anyone), {
    label: "Place bet · £5.00",
    reason: null,
  });
});

Deno.test("placeButtonState() gives the reason wherever it cannot be pressed", () => {
  const reasons: readonly [Parameters<typeof placeButtonState>, string][] = [
    [[[leg("")], anyone], "Enter a stake first."],
    [[[leg("5"), leg("x")], anyone], "Correct the stake first."],
    [[[leg("5", true)], anyone], "Answer the question above first."],
    [[[leg("5")], { mayBet: false, whyNot: "Sign in." }], "Sign in."],
  ];
  for (const [given, reason] of reasons) assertEquals(placeButtonState(...given).reason, reason);
});

Deno.test("placeButtonState() leaves out a leg whose earlier try is not settled", () => {
  assertEquals(placeButtonState([leg("5", true), leg("1")], anyone), {
    label: "Place bet · £1.00",
    reason: null,
  });
});

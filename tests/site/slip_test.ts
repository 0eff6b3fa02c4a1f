import { assertEquals } from "@std/assert";
import {
  changeLeg,
  EMPTY_SLIP,
  legKey,
  legReturnsMinor,
  MOST_LEGS,
  readSlip,
  removeLeg,
  toggleLeg,
} from "../../lib/site/slip.ts";
import { aSlipLeg } from "./a_slip_leg.ts";

const home = aSlipLeg();
const away = aSlipLeg({ selectionId: "s2", selectionName: "Northgate" });

Deno.test("toggleLeg() puts a selection on the slip and takes it off again", () => {
  const both = toggleLeg(toggleLeg(EMPTY_SLIP, home), away);
  assertEquals(both.legs, [home, away]);
  assertEquals(toggleLeg(both, aSlipLeg({ stakeText: "9" })).legs, [away]);
});

Deno.test("toggleLeg() lets the oldest leg go when the slip is full", () => {
  let slip = EMPTY_SLIP;
  for (let n = 0; n <= MOST_LEGS; n++) slip = toggleLeg(slip, aSlipLeg({ selectionId: `s${n}` }));
  assertEquals(slip.legs.length, MOST_LEGS);
  assertEquals(slip.legs[0]?.selectionId, "s1");
});

Deno.test("changeLeg() changes one leg and leaves the others as they are", () => {
  const slip = { ...EMPTY_SLIP, legs: [home, away] };
  const changed = changeLeg(slip, legKey(away), { stakeText: "5" });
  assertEquals(changed.legs, [home, { ...away, stakeText: "5" }]);
  assertEquals(changeLeg(slip, "m9/s9", { stakeText: "5" }), slip);
  assertEquals(removeLeg(changed, legKey(home)).legs, [{ ...away, stakeText: "5" }]);
});

Deno.test("readSlip() reads back what was kept", () => {
  const slip = { legs: [home, away], priceChange: "higher" } as const;
  assertEquals(readSlip(JSON.stringify(slip)), slip);
});

Deno.test("readSlip() leaves out what is not a leg, and survives what is not a slip", () => {
  const legs = [
    home,
    null,
    { ...away, price: { num: 1, den: 2 } },
    { ...away, price: { num: 10, den: 4 } },
    { ...away, stakeText: 5 },
  ];
  assertEquals(readSlip(JSON.stringify({ legs, priceChange: "whatever" })), {
    legs: [home],
    priceChange: "none",
  });
  for (const json of [null, "", "{", "[]", "7", '{"legs":{}}']) {
    assertEquals(readSlip(json), EMPTY_SLIP);
  }
});

Deno.test("legReturnsMinor() is exact, rounded down once, and null beyond an amount", () => {
  assertEquals(legReturnsMinor({ num: 21, den: 11 }, 10_000), 19_090);
  assertEquals(legReturnsMinor({ num: 5, den: 2 }, 501), 1_252);
  assertEquals(legReturnsMinor({ num: 2, den: 1 }, 500_000_000_000), 1_000_000_000_000);
  assertEquals(legReturnsMinor({ num: 2, den: 1 }, 500_000_000_001), null);
});

import { assertEquals } from "@std/assert";
import * as fc from "fast-check";
import { amountFieldText, moneyText, movementText } from "../../lib/site/money_text.ts";
import { readStake } from "../../lib/site/stake_text.ts";

Deno.test("moneyText() writes the currency, groups thousands and always has two decimals", () => {
  const written: readonly [number, string][] = [
    [0, "£0.00"],
    [1, "£0.01"],
    [99, "£0.99"],
    [100, "£1.00"],
    [99_999, "£999.99"],
    [100_000, "£1,000.00"],
    [123_456_789, "£1,234,567.89"],
    [1_000_000_000_000, "£10,000,000,000.00"],
    [-500, "−£5.00"],
  ];
  for (const [amountMinor, text] of written) assertEquals(moneyText(amountMinor, "GBP"), text);
});

Deno.test("movementText() always writes the direction of money that moved", () => {
  assertEquals(movementText(100_000, "GBP"), "+£1,000.00");
  assertEquals(movementText(-5, "GBP"), "−£0.05");
  assertEquals(movementText(0, "GBP"), "£0.00");
});

Deno.test("readStake() reads back exactly every amount that the site can write", () => {
  const anyAmount = fc.integer({ min: 1, max: 1_000_000_000_000 });
  fc.assert(fc.property(anyAmount, (stakeMinor) => {
    const amount = { kind: "amount", stakeMinor } as const;
    assertEquals(readStake(moneyText(stakeMinor, "GBP")), amount);
    assertEquals(readStake(amountFieldText(stakeMinor)), amount);
  }));
});

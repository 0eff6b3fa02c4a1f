import { assertEquals, assertThrows } from "@std/assert";
import { assertAmountMinor, isAmountMinor, MAX_AMOUNT_MINOR } from "../../lib/domain/money.ts";

const AMOUNTS = [0, 1, 999, MAX_AMOUNT_MINOR];
const OTHERS = [
  -1,
  0.5,
  MAX_AMOUNT_MINOR + 1,
  Number.MAX_SAFE_INTEGER + 1,
  NaN,
  Infinity,
  -Infinity,
];

Deno.test("MAX_AMOUNT_MINOR is 10^12 and safe", () => {
  assertEquals(MAX_AMOUNT_MINOR, 10 ** 12);
  assertEquals(Number.isSafeInteger(MAX_AMOUNT_MINOR), true);
});

Deno.test("isAmountMinor() holds for whole numbers from 0 to 10^12 and nothing else", () => {
  for (const amount of AMOUNTS) assertEquals(isAmountMinor(amount), true, String(amount));
  for (const other of OTHERS) assertEquals(isAmountMinor(other), false, String(other));
});

Deno.test("assertAmountMinor() returns an amount and throws for anything else", () => {
  for (const amount of AMOUNTS) assertEquals(assertAmountMinor(amount), amount);
  for (const other of OTHERS) {
    assertThrows(() => assertAmountMinor(other), RangeError, String(other));
  }
});

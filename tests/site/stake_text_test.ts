import { assertEquals } from "@std/assert";
import { readStake, stakeAfterStep } from "../../lib/site/stake_text.ts";

Deno.test("readStake() reads pounds and pence into whole minor units", () => {
  const read: readonly [string, number][] = [
    ["5", 500],
    ["5.", 500],
    ["5.0", 500],
    ["5.00", 500],
    ["0.01", 1],
    [".5", 50],
    [" £12.34 ", 1_234],
    ["1,250", 125_000],
    ["1,250.75", 125_075],
    ["007", 700],
    ["10000000000.00", 1_000_000_000_000],
    // 0.07 * 100, 1.15 * 100 and 8.2 * 100 all miss the whole number in floating point.
    ["0.07", 7],
    ["1.15", 115],
    ["8.20", 820],
  ];
  for (const [text, stakeMinor] of read) {
    assertEquals(readStake(text), { kind: "amount", stakeMinor }, text);
  }
});

Deno.test("readStake() takes an untouched field for empty, not for wrong", () => {
  assertEquals(readStake(""), { kind: "empty" });
  assertEquals(readStake("  "), { kind: "empty" });
  assertEquals(readStake("£"), { kind: "empty" });
});

Deno.test("readStake() says in words what to put right", () => {
  const advice: readonly [string, string][] = [
    ["0", "Enter a stake of at least £0.01."],
    ["0.00", "Enter a stake of at least £0.01."],
    ["-5", "Enter a stake above zero."],
    ["−5", "Enter a stake above zero."],
    ["5,00", "Use a point for the pence, like 5.00."],
    ["5.005", "Pence have two digits, like 5.25."],
    ["five", "Enter an amount in pounds, like 5.00."],
    ["1e3", "Enter an amount in pounds, like 5.00."],
    [".", "Enter an amount in pounds, like 5.00."],
    ["12,50,0", "Enter an amount in pounds, like 5.00."],
    ["1 000", "Enter an amount in pounds, like 5.00."],
    ["٥", "Enter an amount in pounds, like 5.00."],
    ["10000000000.01", "That is more than any bet can be."],
    ["9".repeat(20), "That is more than any bet can be."],
    ["9".repeat(400), "Enter an amount in pounds, like 5.00."],
  ];
  for (const [text, words] of advice) {
    assertEquals(readStake(text), { kind: "unreadable", words }, text);
  }
});

Deno.test("stakeAfterStep() adds to what is typed, and starts anew from what cannot be read", () => {
  assertEquals(stakeAfterStep("", 100), "1.00");
  assertEquals(stakeAfterStep("2.50", 500), "7.50");
  assertEquals(stakeAfterStep("x", 1_000), "10.00");
  assertEquals(stakeAfterStep("10,000,000,000", 100), "10000000000.00");
});

import { assertEquals, assertRejects } from "@std/assert";
import { AccountTurns } from "../../lib/app/account_turns.ts";
import { ALICE, BOB } from "../given.ts";

Deno.test("take() runs the tasks of one account one at a time, in order of arrival", async () => {
  const turns = new AccountTurns(100);
  const seen: string[] = [];
  const tasks = Array.from({ length: 20 }, (_, number) =>
    turns.take(ALICE, async () => {
      seen.push(`start ${number}`);
      // Later tasks are shorter: without turns they would overtake.
      for (let step = number; step < 20; step++) await Promise.resolve();
      seen.push(`end ${number}`);
      return number;
    }));
  assertEquals(await Promise.all(tasks), tasks.map((_, number) => number));
  assertEquals(seen, tasks.flatMap((_, number) => [`start ${number}`, `end ${number}`]));
});

Deno.test("take() keeps the order for those who come while others still wait", async () => {
  const turns = new AccountTurns(100);
  const gate = Promise.withResolvers<void>();
  const first = turns.take(ALICE, () => Promise.resolve());
  let secondEnded = false;
  const second = turns.take(ALICE, async () => {
    await gate.promise;
    secondEnded = true;
  });
  await first;
  const third = turns.take(ALICE, () => Promise.resolve(secondEnded));
  gate.resolve();
  await second;
  assertEquals(await third, true);
});

Deno.test("take() does not let accounts wait for each other", async () => {
  const turns = new AccountTurns(100);
  const gate = Promise.withResolvers<string>();
  const alices = turns.take(ALICE, () => gate.promise);
  assertEquals(await turns.take(BOB, () => Promise.resolve("bob")), "bob");
  gate.resolve("alice");
  assertEquals(await alices, "alice");
});

Deno.test("take() answers null at once when the line is full, and not to others", async () => {
  const turns = new AccountTurns(2);
  const gate = Promise.withResolvers<string>();
  const first = turns.take(ALICE, () => gate.promise);
  const second = turns.take(ALICE, () => Promise.resolve("second"));
  let ran = false;
  const run = () => Promise.resolve(ran = true);
  assertEquals(await turns.take(ALICE, run), null);
  assertEquals(ran, false);
  assertEquals(await turns.take(BOB, () => Promise.resolve("bob")), "bob");
  gate.resolve("first");
  assertEquals([await first, await second], ["first", "second"]);
  assertEquals(await turns.take(ALICE, run), true);
});

Deno.test("take() passes a failure to its own caller and lets the next one run", async () => {
  const turns = new AccountTurns(100);
  const failing = turns.take(ALICE, () => Promise.reject(new Error("mine")));
  const next = turns.take(ALICE, () => Promise.resolve("next"));
  await assertRejects(() => failing, Error, "mine");
  assertEquals(await next, "next");
  // The failed one has left the line.
  const one = new AccountTurns(1);
  await assertRejects(() => one.take(ALICE, () => Promise.reject(new Error("mine"))));
  assertEquals(await one.take(ALICE, () => Promise.resolve("after")), "after");
});

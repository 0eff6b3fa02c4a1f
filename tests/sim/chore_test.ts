import { assertEquals } from "@std/assert";
import { Chore } from "./chore.ts";

Deno.test("Chore.isIdle() holds once it found nothing to do, until somebody writes", async () => {
  const { chore, database } = open();
  assertEquals(chore.isIdle(), false);
  await chore.run();
  assertEquals(chore.isIdle(), true);
  database.writes++;
  assertEquals(chore.isIdle(), false);
});

Deno.test("Chore.isIdle() does not hold after work that found something, wrote, or failed", async () => {
  const { chore, database, results, troubles } = open();
  results.push(() => "done");
  await chore.run();
  assertEquals(chore.isIdle(), false);
  results.push(() => {
    database.writes++;
    return "nothing";
  });
  await chore.run();
  assertEquals(chore.isIdle(), false);
  await chore.run();
  results.push(() => {
    throw new Error("the read failed");
  });
  await chore.run();
  assertEquals([chore.isIdle(), troubles.length], [false, 1]);
});

Deno.test("Chore.isIdle() does not hold for one that joined what began before a write", async () => {
  const { chore, database, results } = open();
  const { promise, resolve } = Promise.withResolvers<string>();
  results.push(() => promise, () => promise);
  const first = chore.run();
  database.writes++;
  const second = chore.run();
  resolve("nothing");
  await first;
  await second;
  assertEquals(chore.isIdle(), false);
});

/** A chore whose results are given one after another, and "nothing" from then on. */
function open() {
  const database = { writes: 0 };
  const results: (() => unknown)[] = [];
  const troubles: unknown[] = [];
  const chore = new Chore(async () => await (results.shift() ?? (() => "nothing"))(), {
    writes: () => database.writes,
    isIdle: (result) => result === "nothing",
    trouble: (error) => troubles.push(error),
  });
  return { chore, database, results, troubles };
}

import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { Actor, Scheduler } from "./scheduler.ts";
import { SeededRandom } from "./seeded_random.ts";
import { Trace } from "./trace.ts";

Deno.test("SeededRandom gives the same numbers for a seed, and others for its neighbour", () => {
  const numbers = (seed: number) => {
    const random = new SeededRandom(seed);
    return Array.from({ length: 5 }, () => random.next());
  };
  assertEquals(numbers(7), numbers(7));
  assertNotEquals(numbers(7), numbers(8));
  assertNotEquals(numbers(7), numbers(7 + 2 ** 32));
});

Deno.test("SeededRandom.between() reaches both ends, and nothing beyond them", () => {
  const random = new SeededRandom(1);
  const drawn = new Set(Array.from({ length: 200 }, () => random.between(3, 6)));
  assertEquals([...drawn].sort(), [3, 4, 5, 6]);
});

Deno.test("SeededRandom.split() is not shifted by what its parent draws later", () => {
  const parent = new SeededRandom(1);
  const child = parent.split();
  const other = new SeededRandom(1).split();
  parent.next();
  assertEquals(child.next(), other.next());
});

Deno.test("Scheduler takes steps in an order that the seed alone decides", async () => {
  const order = async (seed: number) => {
    const scheduler = open(seed);
    const actor = new Actor("a");
    const taken: number[] = [];
    for (let n = 0; n < 8; n++) scheduler.turn(actor, "step").then(() => taken.push(n));
    await scheduler.run({ steps: 100, done: () => taken.length === 8 });
    return taken;
  };
  assertEquals(await order(1), await order(1));
  assertNotEquals(await order(1), await order(2));
});

Deno.test("Scheduler passes over time when nothing else is left to do, and never back", async () => {
  const scheduler = open(1);
  const actor = new Actor("a");
  const woken: number[] = [];
  for (const delayMs of [300, 100, 200]) {
    scheduler.pause(actor, delayMs).then(() => {
      woken.push(delayMs);
      assert(scheduler.nowMs >= delayMs);
    });
  }
  assert(await scheduler.run({ steps: 100, done: () => woken.length === 3 }));
  assertEquals(woken, [100, 200, 300]);
});

Deno.test("Scheduler.run() answers false when nothing can happen any more", async () => {
  assertEquals(await open(1).run({ steps: 100, done: () => false }), false);
});

Deno.test("Scheduler.kill() takes away the steps of the dead, but for their dying ones", async () => {
  const scheduler = open(1);
  const dead = new Actor("dead");
  const heard: string[] = [];
  scheduler.turn(dead, "step").then(() => heard.push("step"));
  scheduler.pause(dead, 5).then(() => heard.push("wakes"));
  scheduler.soon({
    actor: dead,
    what: "call",
    run: () => heard.push("call"),
    dying: () => heard.push("dying"),
  });
  scheduler.kill(dead);
  await scheduler.run({ steps: 100, done: () => false });
  assertEquals(heard, ["dying"]);
});

function open(seed: number): Scheduler {
  return new Scheduler(new SeededRandom(seed), new Trace());
}

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

Deno.test("Scheduler.every() comes again and again, is passed over when idle, and ends with its actor", async () => {
  const scheduler = open(1);
  const actor = new Actor("a");
  const times: number[] = [];
  const work = { idle: false };
  scheduler.every(10, {
    actor,
    what: "sweeps",
    run: () => times.push(Math.floor(scheduler.nowMs)),
    isIdle: () => work.idle,
  });
  assert(await scheduler.run({ steps: 100, done: () => times.length === 3 }));
  assertEquals(times, [10, 20, 30]);

  work.idle = true;
  let woken = false;
  scheduler.pause(actor, 1_000).then(() => woken = true);
  const before = scheduler.steps;
  assert(await scheduler.run({ steps: 100, done: () => woken }));
  assertEquals([times.length, scheduler.steps - before], [3, 1]);

  work.idle = false;
  scheduler.kill(actor);
  assertEquals(await scheduler.run({ steps: 100, done: () => false }), false);
  assertEquals(times.length, 3);
});

Deno.test("Scheduler passes over no time while somebody still goes through what they were given", async () => {
  const scheduler = open(1);
  const actor = new Actor("a");
  let given = 0;
  scheduler.busy = () => given;
  const listing = (async () => {
    for (; given < 5_000; given++) await undefined;
    await scheduler.turn(actor, "call");
    return scheduler.nowMs;
  })();
  scheduler.pause(actor, 1_000);
  let calledMs: number | null = null;
  listing.then((ms) => calledMs = ms);
  assert(await scheduler.run({ steps: 100, done: () => calledMs !== null }));
  assert((calledMs ?? Infinity) < 1_000, `${calledMs}`);
});

function open(seed: number): Scheduler {
  return new Scheduler(new SeededRandom(seed), new Trace());
}

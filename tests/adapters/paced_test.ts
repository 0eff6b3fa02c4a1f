import { assert, assertEquals } from "@std/assert";
import { paced } from "../../lib/adapters/system/paced.ts";

Deno.test("paced() answers calls that come together with one run", async () => {
  let runs = 0;
  const soon = paced(() => Promise.resolve(runs++), 20);
  await Promise.all([soon(), soon(), soon()]);
  assertEquals(runs, 1);
});

Deno.test("paced() runs again for a call that comes during a run, after the interval", async () => {
  const startedMs: number[] = [];
  const busy = Promise.withResolvers<void>();
  const soon = paced(() => {
    startedMs.push(performance.now());
    return startedMs.length === 1 ? busy.promise : Promise.resolve();
  }, 30);
  const first = soon();
  while (startedMs.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  const second = soon();
  busy.resolve();
  await Promise.all([first, second]);
  const [began = 0, again = 0] = startedMs;
  assertEquals(startedMs.length, 2);
  assert(again - began >= 29, `${again - began} ms lay between the runs`);
});

Deno.test("paced() lets its caller know what went wrong, and runs again for the next", async () => {
  let runs = 0;
  const soon = paced(() => runs++ === 0 ? Promise.reject(new Error("no")) : Promise.resolve(), 1);
  const failed = await soon().then(() => null, (error: Error) => error.message);
  assertEquals(failed, "no");
  await soon();
  assertEquals(runs, 2);
});

import { assertEquals } from "@std/assert";
import { AlarmClock } from "../../lib/adapters/cloudflare/alarm_clock.ts";
import { SqliteStorage } from "./sqlite_storage.ts";

Deno.test("ring() sets the alarm before its work, however often the work fails, and never fails itself", async () => {
  const storage = new SqliteStorage();
  const clock = new AlarmClock(storage, () => null);
  for (let failure = 1; failure <= 6; failure++) {
    let setBefore = null;
    await quietly(() =>
      clock.ring(() => {
        setBefore = storage.alarmMs;
        return Promise.reject(new Error("no"));
      }, { retryMs: 1_000 * failure })
    );
    assertEquals([setBefore, storage.alarmMs], [1_000 * failure, 1_000 * failure]);
  }
  await clock.ring(() => Promise.resolve(), { retryMs: 9_000 });
  assertEquals(storage.alarmMs, null);
});

Deno.test("ring() leaves the alarm at the time that the object needs", async () => {
  const storage = new SqliteStorage();
  const clock = new AlarmClock(storage, () => 5_000);
  await clock.ring(() => Promise.resolve(), { retryMs: 9_000 });
  assertEquals(storage.alarmMs, 5_000);
});

Deno.test("wakeBy() sets an earlier time and writes nothing for a later one", () => {
  const storage = new SqliteStorage();
  const clock = new AlarmClock(storage, () => null);
  for (const atMs of [3_000, 4_000, 2_000, 2_000]) clock.wakeBy(atMs);
  assertEquals(storage.alarms, [3_000, 2_000]);
});

Deno.test("wakeBy() of an object that just woke keeps to what its rows need sooner", () => {
  const storage = new SqliteStorage();
  const clock = new AlarmClock(storage, () => 1_000);
  clock.wakeBy(3_000);
  assertEquals(storage.alarmMs, 1_000);
});

/** Failures are told on the console, which a test that asks for them does not need. */
async function quietly(work: () => Promise<void>): Promise<void> {
  const { error } = console;
  console.error = () => {};
  try {
    await work();
  } finally {
    console.error = error;
  }
}

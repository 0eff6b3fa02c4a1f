import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { FakeDatabase } from "./fake_kv/fake_database.ts";
import { FakeKv } from "./fake_kv/fake_kv.ts";
import { StraightGate } from "./fake_kv/straight_gate.ts";
import { type Operation, operations, Player } from "./fake_kv/operations.ts";

const HISTORIES = 100;

Deno.test("FakeDatabase.harmed() names what a reader changed in its own hands, and nothing else", async () => {
  const database = new FakeDatabase();
  const kv = new FakeKv(database, new StraightGate(database));
  await kv.set(["whole"], { bytes: new Uint8Array([1, 2]), list: [1] });
  await kv.set(["harmed"], { bytes: new Uint8Array([1, 2]), list: [1] });
  await kv.get(["whole"]);
  const { value } = await kv.get<{ bytes: Uint8Array; list: number[] }>(["harmed"]);
  assertEquals(database.harmed(), []);
  assertThrows(() => value?.list.push(2), TypeError);
  value?.bytes.set([3], 1);
  assertEquals(database.harmed(), ["harmed"]);
});

Deno.test("FakeKv answers every history as Deno.openKv does, versionstamps aside", async () => {
  const property = fc.asyncProperty(operations, async (history) => {
    const kv = await Deno.openKv(":memory:");
    try {
      await playBoth(history, { real: kv, fake: openFake().kv });
    } finally {
      kv.close();
    }
  });
  const details = await fc.check(property, { numRuns: HISTORIES });
  assert(!details.failed, fc.defaultReportMessage(details) ?? "");
});

async function playBoth(
  history: readonly Operation[],
  handles: { readonly real: Deno.Kv; readonly fake: Deno.Kv },
): Promise<void> {
  const real = new Player(handles.real);
  const fake = new Player(handles.fake);
  for (const operation of history) {
    const expected = await real.play(operation);
    assertEquals(await fake.play(operation), expected, JSON.stringify(operation.do));
  }
}

Deno.test("FakeKv has the real database's limits, to the byte", async () => {
  const real = await Deno.openKv(":memory:");
  const { kv: fake } = openFake();
  try {
    for (const [name, attempt] of Object.entries(AT_THE_LIMITS)) {
      assertEquals(await fate(attempt, fake), await fate(attempt, real), name);
    }
  } finally {
    real.close();
  }
});

/** Writes and reads just within and just beyond each limit. */
const AT_THE_LIMITS: { readonly [name: string]: (kv: Deno.Kv) => Promise<unknown> } = {
  "100 checks": (kv) => withChecks(kv, 100),
  "101 checks": (kv) => withChecks(kv, 101),
  "1000 mutations": (kv) => withSets(kv, { sets: 1_000, keyBytes: 20, valueBytes: 1 }).commit(),
  "1001 mutations": (kv) => withSets(kv, { sets: 1_001, keyBytes: 20, valueBytes: 1 }).commit(),
  "a message counts as a mutation": (kv) =>
    withSets(kv, { sets: 1_000, keyBytes: 20, valueBytes: 1 }).enqueue("one more").commit(),
  "bytes of an atomic": (kv) => whole(kv, 36_600).commit(),
  "one byte more": (kv) => whole(kv, 36_601).commit(),
  "with a message": (kv) => whole(kv, 35_599).enqueue("x".repeat(996)).commit(),
  "with a message one byte longer": (kv) => whole(kv, 35_599).enqueue("x".repeat(997)).commit(),
  "81800 bytes of keys": (kv) => withSets(kv, { sets: 409, keyBytes: 200, valueBytes: 1 }).commit(),
  "82000 bytes of keys": (kv) => withSets(kv, { sets: 410, keyBytes: 200, valueBytes: 1 }).commit(),
  "a value of 65536 bytes": (kv) => kv.set(["value"], new Uint8Array(65_536)),
  "a value of 65537 bytes": (kv) => kv.set(["value"], new Uint8Array(65_537)),
  "a text of 65536 bytes": (kv) => kv.set(["value"], "x".repeat(65_530)),
  "a text of 65537 bytes": (kv) => kv.set(["value"], "x".repeat(65_531)),
  "an object near the limit": (kv) => kv.set(["value"], { text: "x".repeat(65_520), n: 1 }),
  "an object beyond it": (kv) => kv.set(["value"], { text: "x".repeat(65_530), n: 1 }),
  "a key of 2048 bytes": (kv) => kv.set(["k".repeat(2_046)], 1),
  "a key of 2049 bytes": (kv) => kv.set(["k".repeat(2_047)], 1),
  "reading a key of 2048 bytes": (kv) => kv.get(["k".repeat(2_046)]),
  "reading a key of 2049 bytes": (kv) => kv.get(["k".repeat(2_047)]),
  "a message of 65537 bytes": (kv) => kv.enqueue("x".repeat(65_531)),
  "a function": (kv) => Promise.resolve().then(() => kv.set(["value"], () => {})),
  "1000 entries a batch": (kv) => Array.fromAsync(kv.list({ prefix: [] }, { batchSize: 1_000 })),
  "1001 entries a batch": (kv) => Array.fromAsync(kv.list({ prefix: [] }, { batchSize: 1_001 })),
  "a versionstamp that is none": (kv) =>
    kv.atomic().check({ key: ["a"], versionstamp: "first" }).commit(),
};

Deno.test("FakeKv tries a message as often as Deno.openKv, and keeps it where it was told", async () => {
  let nowMs = 0;
  const { kv: fake, gate } = openFake(() => nowMs);
  const fakes = new Handled(fake);
  await fakes.send();
  for (; fakes.open > 0; nowMs += 10) await gate.deliver();

  const real = await Deno.openKv(":memory:");
  const reals = new Handled(real);
  await reals.send();
  await reals.finished;
  // The real database keeps a lost message some moments after its last failure.
  while ((await kept(real)).length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  assertEquals(fakes.attempts, reals.attempts);
  assertEquals(await kept(fake), await kept(real));
  real.close();
});

/** A listener that fails a message as often as it says, and counts. */
class Handled {
  readonly attempts = new Map<string, number>();
  readonly #finished = Promise.withResolvers<void>();
  readonly finished = this.#finished.promise;
  open = 3;

  constructor(readonly kv: Deno.Kv) {
    kv.listenQueue((message: { readonly name: string; readonly failures: number }) => {
      const attempt = (this.attempts.get(message.name) ?? 0) + 1;
      this.attempts.set(message.name, attempt);
      if (attempt > 2 || attempt > message.failures) this.open--;
      if (this.open === 0) this.#finished.resolve();
      if (attempt <= message.failures) throw new Error("this delivery fails");
    });
  }

  async send(): Promise<void> {
    const options = { backoffSchedule: [5, 10], keysIfUndelivered: [["lost", 1], ["lost", 2]] };
    await this.kv.enqueue({ name: "handled at once", failures: 0 }, options);
    await this.kv.atomic().enqueue({ name: "handled at last", failures: 2 }, options).commit();
    await this.kv.enqueue({ name: "never handled", failures: 9 }, { ...options, delay: 20 });
  }
}

async function kept(kv: Deno.Kv): Promise<unknown[]> {
  return await Array.fromAsync(kv.list({ prefix: ["lost"] }), (row) => [row.key, row.value]);
}

function openFake(nowMs?: () => number): { readonly kv: FakeKv; readonly gate: StraightGate } {
  const database = new FakeDatabase(nowMs);
  const gate = new StraightGate(database);
  return { kv: new FakeKv(database, gate), gate };
}

function withChecks(kv: Deno.Kv, checks: number): Promise<unknown> {
  const atomic = kv.atomic().set(["set"], 1);
  for (let n = 0; n < checks; n++) atomic.check({ key: ["nothing", n], versionstamp: null });
  return atomic.commit();
}

function withSets(
  kv: Deno.Kv,
  { sets, keyBytes, valueBytes }: {
    readonly sets: number;
    readonly keyBytes: number;
    readonly valueBytes: number;
  },
): Deno.AtomicOperation {
  const atomic = kv.atomic();
  for (let n = 0; n < sets; n++) {
    // A text's encoding has a byte before it and one behind it.
    atomic.set([String(n).padStart(keyBytes - 2, "k")], new Uint8Array(valueBytes));
  }
  return atomic;
}

/** Twelve large values, and one that decides whether they are too large together. */
function whole(kv: Deno.Kv, lastBytes: number): Deno.AtomicOperation {
  return withSets(kv, { sets: 12, keyBytes: 100, valueBytes: 65_000 })
    .set(["last".padStart(98, "k")], new Uint8Array(lastBytes));
}

async function fate(attempt: (kv: Deno.Kv) => Promise<unknown>, kv: Deno.Kv): Promise<string> {
  try {
    await attempt(kv);
    return "taken";
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

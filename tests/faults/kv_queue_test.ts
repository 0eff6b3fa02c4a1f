import { assert, assertEquals } from "@std/assert";
import { listenForWakeUps } from "../../lib/adapters/deno_kv/wake_up.ts";
import { ALICE } from "../given.ts";
import { systemClock } from "../../lib/adapters/system/surroundings.ts";
import { aRequest, openAlice } from "../app/bookmaker.ts";
import { assertExposures, assertLogged, soundChain } from "../app/invariants.ts";
import { type KvParts, offerMatch, onDisk, partsOn } from "./kv_home.ts";
import { FakeDatabase } from "../sim/fake_kv/fake_database.ts";
import { FakeKv } from "../sim/fake_kv/fake_kv.ts";
import { StraightGate } from "../sim/fake_kv/straight_gate.ts";
import { until } from "./until.ts";

/** The promise of the log: a record is in it this long after the reply to its bet. */
const LOGGED_WITHIN_MS = 1_000;

/** How long a queue may take to take up its work again. */
const CATCHES_UP_WITHIN_MS = 5_000;

/** How long the holds of these tests live. */
const HOLD_MS = 200;

/** A database in which nobody listens, with an account that has money. */
async function openKv(path: string): Promise<{ readonly kv: Deno.Kv; readonly parts: KvParts }> {
  const kv = await Deno.openKv(path);
  const parts = partsOn(kv, { clock: systemClock, policy: { holdMs: HOLD_MS } });
  if (await parts.ledger.newest(ALICE) === null) {
    await offerMatch(kv);
    await openAlice(parts.ledger, 100_000);
  }
  return { kv, parts };
}

/** Runs with the queue listened to by `drain`; afterwards the database is closed. */
async function listening(
  path: string,
  run: (parts: KvParts) => Promise<void>,
  drain: (parts: KvParts) => Promise<unknown> = ({ drainer }) => drainer.wake(),
): Promise<void> {
  const { kv, parts } = await openKv(path);
  const listener = listen(kv, parts, drain);
  try {
    await run(parts);
  } finally {
    kv.close();
    await listener;
  }
}

/** Listens as the server does: the next commit sends a wake-up again as soon as one was heard. */
function listen(
  kv: Deno.Kv,
  parts: KvParts,
  drain: (parts: KvParts) => Promise<unknown>,
): Promise<void> {
  return listenForWakeUps(kv, {
    drain: () => {
      parts.ledger.wakeUpHeard();
      return drain(parts);
    },
    expireHolds: () => parts.services.sweepHolds(),
  });
}

async function place(parts: KvParts, requestIds: readonly string[]): Promise<void> {
  for (const requestId of requestIds) {
    assertEquals((await parts.place({ requestId })).kind, "placed");
  }
}

const allLogged = ({ log }: KvParts) => async () => await log.waiting(1) === 0;

const named = (name: string) => Array.from({ length: 10 }, (_, number) => `${name}-${number}`);

Deno.test("a bet's record is in the log within a second of its reply, by the queue alone", async () => {
  await onDisk((path) =>
    listening(path, async (parts) => {
      for (const requestId of named("timed")) {
        const answer = await parts.place({
          requestId,
          stakeMinor: requestId === "timed-9" ? 0 : 100,
        });
        assert(answer.kind === "placed" || answer.kind === "refused");
        const { seq = 0 } = await parts.ledger.answer(ALICE, requestId) ?? {};
        const number = await parts.ledger.number(ALICE, seq);
        const logged = async () => (await parts.log.head()).size === number;
        await until(logged, LOGGED_WITHIN_MS, `the record of ${requestId} is in the log`);
      }
      await assertLogged(parts, await soundChain(parts.ledger));
    })
  );
});

Deno.test("what was placed while nobody listened is logged once somebody does", async () => {
  await onDisk(async (path) => {
    const { kv, parts } = await openKv(path);
    await place(parts, named("unheard"));
    assertEquals(await parts.log.waiting(100), 13);
    kv.close();

    await listening(path, async (parts) => {
      await until(allLogged(parts), CATCHES_UP_WITHIN_MS, "the queue was taken up again");
      await assertLogged(parts, await soundChain(parts.ledger));
    });
  });
});

Deno.test("a listener stopped and started again leaves nothing out and doubles nothing", async () => {
  await onDisk(async (path) => {
    // Stopped in the middle of its work: some is logged, some is not, and the rest nobody hears.
    await listening(path, async (parts) => {
      await place(parts, named("first"));
      await until(async () => (await parts.log.head()).size > 0, CATCHES_UP_WITHIN_MS, "begun");
    }, stopQuietly);
    const { kv, parts } = await openKv(path);
    await place(parts, named("second"));
    kv.close();

    await listening(path, async (parts) => {
      await place(parts, named("third"));
      await until(allLogged(parts), CATCHES_UP_WITHIN_MS, "everything is logged");
      await assertLogged(parts, await soundChain(parts.ledger));
      assertEquals((await soundChain(parts.ledger)).length, 32);
    }, stopQuietly);
  });
});

Deno.test("a message that nobody here sends is dropped, and the next wake-up works", async () => {
  await onDisk(async (path) => {
    const { kv, parts } = await openKv(path);
    const reported = Promise.withResolvers<unknown[]>();
    const { error } = console;
    console.error = (...report: unknown[]) => reported.resolve(report);
    const listener = listen(kv, parts, stopQuietly);
    try {
      await kv.enqueue({ from: "somebody else" });
      assertEquals((await reported.promise).at(-1), { from: "somebody else" });
      await place(parts, ["after"]);
      await until(allLogged(parts), CATCHES_UP_WITHIN_MS, "the wake-up was heard");
    } finally {
      console.error = error;
      kv.close();
      await listener;
    }
  });
});

Deno.test("a hold that nobody asks about again is ended by the message sent ahead for it", async () => {
  await onDisk((path) =>
    listening(path, async (parts) => {
      const { ledger, services } = parts;
      const asked = aRequest({ requestId: "hold", atMs: systemClock.nowMs() });
      assertEquals((await services.authoriseHold(asked)).kind, "held");
      const ended = async () => (await ledger.newest(ALICE))?.state.hold === null;
      assertEquals(await ended(), false);
      await until(ended, CATCHES_UP_WITHIN_MS, "the hold is ended");

      const chain = await soundChain(ledger);
      const [held, expired] = chain.slice(-2).map(({ event }) => event);
      assert(held?.type === "hold.authorised" && expired?.type === "hold.expired");
      assert((chain.at(-1)?.atMs ?? 0) >= held.hold.expiresAtMs, "never before its time");
      await assertExposures(ledger, chain);
      await until(allLogged(parts), CATCHES_UP_WITHIN_MS, "its end is logged");
      await assertLogged(parts, chain);
    })
  );
});

Deno.test("a hold that died while nobody listened is ended once somebody does", async () => {
  await onDisk(async (path) => {
    const { kv, parts } = await openKv(path);
    const asked = aRequest({ requestId: "hold", atMs: systemClock.nowMs() - HOLD_MS });
    assertEquals((await parts.services.authoriseHold(asked)).kind, "held");
    kv.close();
    await listening(path, async ({ ledger }) => {
      const ended = async () => (await ledger.newest(ALICE))?.state.hold === null;
      await until(ended, CATCHES_UP_WITHIN_MS, "the hold is ended");
      assertEquals((await soundChain(ledger)).at(-1)?.event.type, "hold.expired");
    });
  });
});

Deno.test("a wake-up that is heard before its commit is answered leaves none owing", async () => {
  const database = new FakeDatabase();
  const straight = new StraightGate(database);
  let heard = () => {};
  const kv = new FakeKv(database, {
    listen: (handler) => straight.listen(handler),
    close: () => {},
    pass: async (kind, effect) => {
      const answer = await straight.pass(kind, effect);
      if (kind === "commit") heard();
      return answer;
    },
  });
  const parts = partsOn(kv);
  await openAlice(parts.ledger, 1_000);
  assert(database.queue.take(() => 0), "the first commit wakes");
  assertEquals(database.queue.take(() => 0), null);
  await parts.place({ requestId: "unheard" });
  assertEquals(database.queue.take(() => 0), null, "one on its way says it all");

  heard = () => parts.ledger.wakeUpHeard();
  await kv.set(["any"], "thing");
  for (const requestId of ["next", "and next"]) {
    await parts.place({ requestId });
    assert(database.queue.take(() => 0), `${requestId} wakes`);
  }
});

/** Drains as the server does: a database closed under the drainer is no more than the end of it. */
async function stopQuietly({ drainer }: KvParts): Promise<void> {
  await drainer.wake().catch(() => {});
}

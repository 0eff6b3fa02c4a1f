import { assert, assertEquals, assertRejects } from "@std/assert";
import type { AuditLog } from "../../lib/ports/audit_log.ts";
import { aBet, ALICE, entryAfter, openedWith } from "../given.ts";
import { asks, type Bookmaker, drainerOf, openBookmaker } from "./bookmaker.ts";
import { assertLogged, soundChain } from "./invariants.ts";

/** How many turns of the microtask queue a test looks into after the end of a run. */
const TURNS = 30;

Deno.test("wake() moves everything that waits into the log, in bites", async () => {
  const bookmaker = await openBookmaker();
  for (let bet = 0; bet < 9; bet++) await bookmaker.place({ requestId: `request-${bet}` });
  assertEquals(await bookmaker.log.waiting(100), 12);
  assertEquals(await drainerOf(bookmaker.log, 2).wake(), "empty");
  await assertLogged(bookmaker, await soundChain(bookmaker.ledger));
});

Deno.test("wake() has nothing to do on an empty outbox, however often", async () => {
  const bookmaker = await openBookmaker();
  await bookmaker.drainer.wake();
  const { commits } = bookmaker.database;
  assertEquals(await Promise.all([bookmaker.drainer.wake(), bookmaker.drainer.wake()]), [
    "empty",
    "empty",
  ]);
  assertEquals(bookmaker.database.commits, commits);
});

Deno.test("wake() during a run takes what came after the run had looked", async () => {
  const bookmaker = await openBookmaker();
  const gate = Promise.withResolvers<void>();
  const looked = Promise.withResolvers<void>();
  const drainer = drainerOf(slowToLook(bookmaker, async () => {
    looked.resolve();
    await gate.promise;
  }));
  const first = drainer.wake();
  await looked.promise;
  await bookmaker.place();
  const second = drainer.wake();
  gate.resolve();
  assertEquals([await first, await second], ["empty", "empty"]);
  await assertLogged(bookmaker, await soundChain(bookmaker.ledger));
});

Deno.test("wake() is not lost at any moment around the end of a run", async () => {
  for (let turn = 0; turn < TURNS; turn++) {
    const { ledger, log, drainer } = await openBookmaker();
    const view = await ledger.view([asks({ requestId: "late" })]);
    const [, deposited] = openedWith(ALICE, 1_000);
    const entry = entryAfter(deposited, aBet(), { requestId: "late" });
    const run = drainer.wake();
    for (let passed = 0; passed < turn; passed++) await Promise.resolve();
    // In memory a commit is stored before its promise is there: nothing runs before the wake-up.
    const committed = ledger.commit(view, [entry]);
    assertEquals(await drainer.wake(), "empty");
    assertEquals(await log.waiting(1), 0, `woken ${turn} turns after the start`);
    assertEquals([await committed, await run], ["committed", "empty"]);
  }
});

Deno.test("wake() of two drainers at once puts each record into the log once", async () => {
  const bookmaker = await openBookmaker();
  for (let bet = 0; bet < 9; bet++) await bookmaker.place({ requestId: `request-${bet}` });
  const drainers = [drainerOf(bookmaker.log, 2), drainerOf(bookmaker.log, 3)];
  assertEquals(await Promise.all(drainers.map((drainer) => drainer.wake())), ["empty", "empty"]);
  await assertLogged(bookmaker, await soundChain(bookmaker.ledger));
});

Deno.test("wake() gives up while the log cannot be written, and a later one catches up", async () => {
  const bookmaker = await openBookmaker();
  const { database, drainer, log } = bookmaker;
  database.fates.push(...Array(8).fill("answerBusy"));
  assertEquals(await drainer.wake(), "gave_up");
  assertEquals([database.commits, database.head.size, await log.waiting(9)], [8, 0, 3]);
  assertEquals(await drainer.wake(), "empty");
  await assertLogged(bookmaker, await soundChain(bookmaker.ledger));
});

Deno.test("wake() counts failures in a row only: each bite that lands gives new attempts", async () => {
  const bookmaker = await openBookmaker();
  for (let bet = 0; bet < 4; bet++) await bookmaker.place({ requestId: `request-${bet}` });
  const sevenBusy = Array(7).fill("answerBusy");
  bookmaker.database.fates.push(
    ...[...sevenBusy, "persistAndAnswer", ...sevenBusy, "persistAndAnswer", ...sevenBusy],
  );
  assertEquals(await drainerOf(bookmaker.log, 2).wake(), "empty");
  await assertLogged(bookmaker, await soundChain(bookmaker.ledger));
});

Deno.test("wake() fails when the outbox cannot be read, and the next one works", async () => {
  const bookmaker = await openBookmaker();
  let failures = 1;
  const drainer = drainerOf(slowToLook(bookmaker, () => {
    if (failures-- > 0) throw new Error("no answer");
  }));
  await assertRejects(() => drainer.wake(), Error, "no answer");
  assertEquals(await drainer.wake(), "empty");
  assert(bookmaker.database.head.size === 3);
});

/** The log, with something happening after every look into the outbox. */
function slowToLook({ log }: Bookmaker, then: () => unknown): AuditLog {
  return Object.assign(Object.create(log) as AuditLog, {
    pending: async (limit: number) => {
      const pending = await log.pending(limit);
      await then();
      return pending;
    },
    append: log.append.bind(log),
  });
}

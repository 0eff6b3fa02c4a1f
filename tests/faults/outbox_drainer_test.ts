import { assertEquals } from "@std/assert";
import * as fc from "fast-check";
import type { CommitFate } from "../../lib/adapters/memory/memory_database.ts";
import { OutboxDrainer } from "../../lib/app/outbox_drainer.ts";
import { noWait, sha256 } from "../given.ts";
import { drainerOf, openBookmaker } from "../app/bookmaker.ts";
import { assertLogged, soundChain } from "../app/invariants.ts";
import { sequences } from "./sequences.ts";

const FATES: readonly CommitFate[] = [
  "persistAndAnswer",
  "failCommitAndNotPersist",
  "failCommitButPersist",
  "answerBusy",
  "answerConflict",
];

const ATTEMPTS = 3;

for (const first of FATES) {
  Deno.test(`wake() logs each record once, whatever follows an append that ends ${first}`, async () => {
    for (const rest of sequences(FATES, ATTEMPTS - 1)) {
      const fates = [first, ...rest];
      const story = fates.join(", ");
      const bookmaker = await openBookmaker();
      await bookmaker.place();
      const limits = { drainBatch: 200, attempts: ATTEMPTS };
      const drainer = new OutboxDrainer({ ...bookmaker, backoff: noWait, sha256 }, limits);
      bookmaker.database.fates.push(...fates);

      const stored = fates.findIndex((fate) =>
        fate === "persistAndAnswer" || fate === "failCommitButPersist"
      );
      // Whoever lost the last answer cannot know that all is done: the next wake-up will.
      const unheard = stored === ATTEMPTS - 1 && fates[stored] === "failCommitButPersist";
      const expected = stored === -1 || unheard ? "gave_up" : "empty";
      assertEquals(await drainer.wake(), expected, story);
      assertEquals(await bookmaker.log.waiting(9), stored === -1 ? 4 : 0, story);

      bookmaker.database.fates.splice(0);
      assertEquals(await drainer.wake(), "empty", story);
      await assertLogged(bookmaker, await soundChain(bookmaker.ledger));
    }
  });
}

Deno.test("wake() of two drainers in small bites, with appends that fail, logs each record once", async () => {
  const anyFates = fc.array(fc.constantFrom(...FATES), { maxLength: 40, size: "max" });
  await fc.assert(
    fc.asyncProperty(anyFates, fc.integer({ min: 1, max: 4 }), async (fates, bite) => {
      const bookmaker = await openBookmaker();
      for (let bet = 0; bet < 6; bet++) await bookmaker.place({ requestId: `request-${bet}` });
      bookmaker.database.fates.push(...fates);
      const drainers = [drainerOf(bookmaker.log, bite), drainerOf(bookmaker.log, 3)];
      await Promise.all(drainers.map((drainer) => drainer.wake()));
      bookmaker.database.fates.splice(0);
      assertEquals(await bookmaker.drainer.wake(), "empty");
      await assertLogged(bookmaker, await soundChain(bookmaker.ledger));
    }),
    { numRuns: 200 },
  );
});

import { assertEquals } from "@std/assert";
import { verifyLog } from "../../lib/app/verify_log.ts";
import { recordIdOf } from "../../lib/domain/ids.ts";
import type { AuditLog } from "../../lib/ports/audit_log.ts";
import { ALICE, sha256 } from "../given.ts";
import { type Bookmaker, openBookmaker } from "./bookmaker.ts";
import { wellKept } from "./well_kept.ts";

const verdictOf = (bookmaker: Bookmaker) => verifyLog({ ...bookmaker, sha256 });

Deno.test("verifyLog() counts the records, accounts and markets of a good log", async () => {
  const bookmaker = await wellKept();
  assertEquals(await verdictOf(bookmaker), {
    ok: true,
    records: 8,
    accounts: 2,
    markets: 1,
    waiting: 0,
  });
});

Deno.test("verifyLog() counts what is on its way, whether or not its account is in the log", async () => {
  const bookmaker = await openBookmaker();
  assertEquals(await verdictOf(bookmaker), {
    ok: true,
    records: 0,
    accounts: 1,
    markets: 1,
    waiting: 3,
  });
  await bookmaker.drainer.wake();
  await bookmaker.place();
  assertEquals(await verdictOf(bookmaker), {
    ok: true,
    records: 3,
    accounts: 1,
    markets: 1,
    waiting: 1,
  });
});

Deno.test("verifyLog() of nothing at all is good", async () => {
  const bookmaker = await openBookmaker();
  bookmaker.database.chains.clear();
  bookmaker.database.outbox.clear();
  assertEquals(await verdictOf(bookmaker), {
    ok: true,
    records: 0,
    accounts: 0,
    markets: 0,
    waiting: 0,
  });
});

Deno.test("verifyLog() reads logs longer than one page, and tells how far it is", async () => {
  const bookmaker = await openBookmaker({ balanceMinor: 100_000 });
  for (let bet = 0; bet < 448; bet++) await bookmaker.place({ requestId: `request-${bet}` });
  await bookmaker.drainer.wake();
  const heard: number[] = [];
  const progress = (records: number) => heard.push(records);
  const verdict = await verifyLog({ ...bookmaker, sha256, progress });
  assertEquals(verdict, { ok: true, records: 451, accounts: 1, markets: 1, waiting: 0 });
  assertEquals(heard, [200, 400, 451]);
});

Deno.test("verifyLog() finds the one row that the outbox lost", async () => {
  const bookmaker = await openBookmaker();
  await bookmaker.drainer.wake();
  for (const requestId of ["a", "b", "c"]) await bookmaker.place({ requestId });
  bookmaker.database.outbox.delete(recordIdOf({ accountId: ALICE, seq: 4 }));
  const flaw = `Entry 4 of account ${ALICE} is neither in the log nor on its way there.`;
  assertEquals(await verdictOf(bookmaker), { ok: false, flaw });
});

Deno.test("verifyLog() finds nothing wrong while bets are placed and drained at every step of it", async () => {
  const bookmaker = await wellKept();
  let bets = 0;
  const work = async () => {
    await bookmaker.place({ requestId: `late-${bets++}`, stakeMinor: 1 });
    if (bets % 2 === 0 && bets < 300) await bookmaker.drainer.wake();
  };
  const log = Object.assign(Object.create(bookmaker.log) as AuditLog, {
    head: async () => (await work(), await bookmaker.log.head()),
    read: async (page: Parameters<AuditLog["read"]>[0]) => {
      const records = await bookmaker.log.read(page);
      if (bets < 50) await work();
      return records;
    },
    waits: async (...entry: Parameters<AuditLog["waits"]>) => {
      const waits = await bookmaker.log.waits(...entry);
      await work();
      return waits;
    },
  });
  const verdict = await verifyLog({ ledger: bookmaker.ledger, log, sha256 });
  assertEquals(verdict.ok, true, JSON.stringify(verdict));
});

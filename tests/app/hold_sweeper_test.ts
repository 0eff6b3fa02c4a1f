import { assert, assertEquals, assertRejects } from "@std/assert";
import type { LedgerStore } from "../../lib/ports/ledger_store.ts";
import { ALICE, BOB, NOON_MS } from "../given.ts";
import { aRequest, openAlice } from "./bookmaker.ts";
import { aboutHold, EXPIRY_MS, HOLD_ID, openHolding } from "./holding.ts";
import { assertExposures, soundChain } from "./invariants.ts";

/** An account id made of a number. */
const accountOf = (number: number) => `acc_${String(number).padStart(16, "0")}`;

Deno.test("sweepHolds() ends a hold at exactly its expiry, and not before", async () => {
  const { services, ledger, time, exposureMinor } = await openHolding();
  await services.authoriseHold(aRequest());
  time.nowMs = EXPIRY_MS - 1;
  assertEquals([await services.sweepHolds(), await exposureMinor()], [0, 150]);
  time.nowMs = EXPIRY_MS;
  assertEquals([await services.sweepHolds(), await exposureMinor()], [1, 0]);
  const [expired, ...more] = (await soundChain(ledger)).slice(3);
  assertEquals([expired?.event.type, expired?.actor], ["hold.expired", "system"]);
  assertEquals([expired?.atMs, expired?.answers, more], [EXPIRY_MS, null, []]);
});

Deno.test("sweepHolds() ends each hold once, and only those that are dead and pending", async () => {
  const { services, ledger, time } = await openHolding();
  const others = Array.from({ length: 4 }, (_, number) => accountOf(number));
  for (const accountId of others) await openAlice(ledger, 1_000, accountId);
  const [confirmed = "", voided = ""] = others;
  for (const accountId of others) await services.authoriseHold(aRequest({ accountId }));
  const holdOf = (accountId: string) => `hold_${accountId.slice(4)}_3`;
  await services.confirmHold(aboutHold({ accountId: confirmed, holdId: holdOf(confirmed) }));
  await services.voidHold(aboutHold({ accountId: voided, holdId: holdOf(voided) }));
  // Alice's is younger than the time that is swept for.
  await services.authoriseHold(aRequest({ atMs: NOON_MS + 1 }));
  time.nowMs = EXPIRY_MS;
  assertEquals([await services.sweepHolds(), await services.sweepHolds()], [2, 0]);
  const chains = await Promise.all([ALICE, ...others].map((one) => soundChain(ledger, one)));
  assertEquals(chains.map((chain) => chain.at(-1)?.event.type), [
    ...["hold.authorised", "bet.placed", "hold.voided", "hold.expired", "hold.expired"] as const,
  ]);
  await assertExposures(ledger, ...chains);
});

Deno.test("sweepHolds() ends all of many at once, a hundred in one look and one write", async () => {
  const { services, ledger, time, database } = await openHolding();
  for (let number = 0; number < 150; number++) {
    await openAlice(ledger, 1_000, accountOf(number));
    await services.authoriseHold(aRequest({ accountId: accountOf(number) }));
  }
  time.nowMs = EXPIRY_MS;
  const { commits } = database;
  assertEquals([await services.sweepHolds(), database.commits - commits], [150, 2]);
});

Deno.test("sweepHolds() shares a sweep that is going on, and begins anew after it", async () => {
  const bookmaker = await openHolding();
  const { time } = bookmaker;
  const gate = Promise.withResolvers<void>();
  let looks = 0;
  const services = bookmaker.process(lookingAfter(bookmaker.ledger, () => (looks++, gate.promise)));
  await services.authoriseHold(aRequest());
  time.nowMs = EXPIRY_MS;
  const both = Promise.all([services.sweepHolds(), services.sweepHolds()]);
  gate.resolve();
  assertEquals([await both, looks], [[1, 1], 1]);
  assertEquals([await services.sweepHolds(), looks], [0, 2]);
});

Deno.test("sweepHolds() of two processes, and a customer, end a hold once", async () => {
  const { services, process, ledger, time, exposureMinor } = await openHolding();
  await services.authoriseHold(aRequest());
  time.nowMs = EXPIRY_MS;
  const [first, second, late] = await Promise.all([
    services.sweepHolds(),
    process().sweepHolds(),
    process().confirmHold(aboutHold({ atMs: EXPIRY_MS })),
  ]);
  const types = (await soundChain(ledger)).slice(3).map(({ event }) => event.type);
  assertEquals(types, ["hold.expired", "hold.refused"]);
  assert(first + second <= 1);
  const refusal = { kind: "hold_expired", holdId: HOLD_ID, expiresAtMs: EXPIRY_MS };
  assertEquals<unknown>(late, { kind: "refused", refusal, replayed: false });
  assertEquals(await exposureMinor(), 0);
});

Deno.test("sweepHolds() leaves to the next sweep what could not be ended now", async () => {
  const { services, time, database, exposureMinor } = await openHolding();
  await services.authoriseHold(aRequest());
  time.nowMs = EXPIRY_MS;
  database.fates.push(...Array(services.policy.commitAttempts).fill("answerBusy"));
  assertEquals([await services.sweepHolds(), await exposureMinor()], [0, 150]);
  assertEquals([await services.sweepHolds(), await exposureMinor()], [1, 0]);
});

Deno.test("sweepHolds() does not look again and again for what cannot be ended now", async () => {
  const { services, process, ledger, time } = await openHolding();
  for (let number = 0; number < 100; number++) {
    await openAlice(ledger, 1_000, accountOf(number));
    await services.authoriseHold(aRequest({ accountId: accountOf(number) }));
  }
  time.nowMs = EXPIRY_MS;
  let looks = 0;
  const busy = Object.assign(lookingAfter(ledger, () => looks++), {
    commit: () => Promise.resolve("busy" as const),
  });
  assertEquals([await process(busy).sweepHolds(), looks], [0, 1]);
  assertEquals(await services.sweepHolds(), 100);
});

Deno.test("sweepHolds() counts what its lost commit had ended already as not its own", async () => {
  const { services, time, database, ledger } = await openHolding();
  await services.authoriseHold(aRequest());
  time.nowMs = EXPIRY_MS;
  database.fates.push("failCommitButPersist");
  assertEquals(await services.sweepHolds(), 0);
  assertEquals((await soundChain(ledger)).length, 4);
});

Deno.test("sweepHolds() fails when the store does not answer, and the next one works", async () => {
  const bookmaker = await openHolding();
  let failures = 1;
  const services = bookmaker.process(lookingAfter(bookmaker.ledger, () => {
    if (failures-- > 0) throw new Error("no answer");
  }));
  await services.authoriseHold(aRequest());
  bookmaker.time.nowMs = EXPIRY_MS;
  await assertRejects(() => services.sweepHolds(), Error, "no answer");
  assertEquals(await services.sweepHolds(), 1);
});

Deno.test("sweepHolds() of nothing writes nothing", async () => {
  const { services, ledger, database } = await openHolding();
  await openAlice(ledger, 1_000, BOB);
  const { commits } = database;
  assertEquals([await services.sweepHolds(), database.commits], [0, commits]);
});

/** A ledger in which something else happens before every look for dead holds. */
function lookingAfter(ledger: LedgerStore, happens: () => unknown): LedgerStore {
  return Object.assign(Object.create(ledger) as LedgerStore, {
    view: ledger.view.bind(ledger),
    commit: ledger.commit.bind(ledger),
    deadHolds: async (asked: Parameters<LedgerStore["deadHolds"]>[0]) => {
      await happens();
      return await ledger.deadHolds(asked);
    },
  });
}

import { assert, assertEquals } from "@std/assert";
import { EMPTY_HEAD, extend } from "../../lib/audit/chain.ts";
import { decodeRecord } from "../../lib/audit/record.ts";
import { LogVerifier } from "../../lib/audit/verify.ts";
import type { AccountEntry } from "../../lib/domain/entry.ts";
import { asks } from "../app/bookmaker.ts";
import { aBet, ALICE, BOB, entryAfter, openedWith, sha256 } from "../given.ts";
import { commit } from "./committing.ts";
import { type Home, HOMES } from "./homes.ts";

for (const [name, open] of Object.entries(HOMES)) {
  const rule = (text: string, check: (home: Home) => Promise<void>) =>
    Deno.test(`AuditLog on ${name}: ${text}`, async () => {
      const home = await open();
      try {
        await check(home);
      } finally {
        await home.close();
      }
    });

  rule("an empty log has the empty head, and nothing waits", async ({ log }) => {
    assertEquals(await log.head(), EMPTY_HEAD);
    assertEquals(await log.waiting(5), 0);
    assertEquals((await log.pending(5)).drafts, []);
    assertEquals(await log.read({ after: 0, limit: 5 }), []);
  });

  rule("append() moves drafts from the outbox to the log in one step", async (home) => {
    await commit(home, openedWith(ALICE, 100));
    assertEquals(await home.log.waiting(5), 2);
    assertEquals(await drainOnce(home), "committed");
    assertEquals(await home.log.waiting(5), 0);

    const records = await home.log.read({ after: 0, limit: 5 });
    assertEquals(records.map((record) => record.seq), [1, 2]);
    assertEquals(records.map((record) => decodeRecord(record.bytes).type), [
      "account.opened",
      "deposit.accepted",
    ]);
    assertEquals((await home.log.head()).size, 2);
    assertEquals((await home.log.head()).hash, records[1]?.hash);
  });

  rule("append() on a head that has moved answers conflict and appends nothing", async (home) => {
    await commit(home, openedWith(ALICE, 100));
    const late = await home.log.pending(5);
    assertEquals(await drainOnce(home), "committed");
    const head = await home.log.head();
    const outcome = await home.log.append(late, extend(sha256, late.head, late.drafts));
    assertEquals(outcome, "conflict");
    assertEquals(await home.log.head(), head);
  });

  rule("every account's records keep its own order, however small the bites", async (home) => {
    let alices: AccountEntry = await commit(home, openedWith(ALICE, 1_000));
    let bobs: AccountEntry = await commit(home, openedWith(BOB, 1_000));
    for (let round = 0; round < 5; round++) {
      alices = await commit(home, [entryAfter(alices, aBet(), { requestId: `a${round}` })]);
      bobs = await commit(home, [entryAfter(bobs, aBet(), { requestId: `b${round}` })]);
      assertEquals(await drainOnce(home, 3), "committed");
    }
    while (await home.log.waiting(1) > 0) assertEquals(await drainOnce(home, 3), "committed");

    const verifier = new LogVerifier(sha256, EMPTY_HEAD);
    for (const stored of await home.log.read({ after: 0, limit: 100 })) {
      assert("record" in verifier.next(stored));
    }
    assertEquals(verifier.end(await home.log.head()), null);
    assertEquals(verifier.chainSeqs, new Map([[ALICE, 7], [BOB, 7]]));
  });

  rule("a batch that was not appended is offered again from its account's start", async (home) => {
    const [opened, newest] = openedWith(ALICE, 1_000);
    await commit(home, [opened]);
    await commit(home, [newest]);
    const stale = await home.log.pending(1);
    assertEquals(await drainOnce(home, 1), "committed");
    await commit(home, [entryAfter(newest, aBet(), { requestId: "r" })]);
    const extended = extend(sha256, stale.head, stale.drafts);
    assertEquals(await home.log.append(stale, extended), "conflict");
    const next = await home.log.pending(5);
    assertEquals(next.drafts.map((draft) => draft.accountSeq), [2, 3]);
  });

  rule("readChain() reads one account's records in the log's order", async (home) => {
    await commit(home, openedWith(ALICE, 100));
    assertEquals(await drainOnce(home), "committed");
    await commit(home, openedWith(BOB, 100));
    assertEquals(await drainOnce(home), "committed");
    const seqs = async (accountId: string, after: number, limit: number) =>
      (await home.log.readChain({ chain: accountId, after, limit })).map((record) => record.seq);
    assertEquals(await seqs(ALICE, 0, 10), [1, 2]);
    assertEquals(await seqs(BOB, 0, 10), [3, 4]);
    assertEquals(await seqs(BOB, 3, 10), [4]);
    assertEquals(await seqs(BOB, 0, 1), [3]);
  });

  rule("pending() says whether more waits, and waits() which entries do", async (home) => {
    const waits = (seq: number) => home.log.waits(ALICE, seq);
    let newest: AccountEntry = await commit(home, openedWith(ALICE, 1_000));
    assertEquals((await home.log.pending(5)).more, false);
    for (const requestId of ["a", "b", "c"]) {
      newest = await commit(home, [entryAfter(newest, aBet(), { requestId })]);
    }
    assertEquals([(await home.log.pending(3)).more, await waits(1), await waits(5)], [
      true,
      true,
      true,
    ]);
    assertEquals(await drainOnce(home, 3), "committed");
    await home.checkpoint();
    assertEquals([await waits(1), await waits(3), await waits(4)], [false, false, true]);
    assertEquals([(await home.log.pending(3)).more, await home.log.waiting(9)], [false, 2]);
    assertEquals(await drainOnce(home, 3), "committed");
    assertEquals([await waits(5), await waits(6), await home.log.waiting(9)], [false, false, 0]);
  });

  rule(
    "records are numbered in the order of the commits, whoever's entries they hold",
    async (home) => {
      const order: [string, number][] = [];
      const newest = new Map<string, AccountEntry>();
      for (const accountId of [ALICE, BOB]) {
        newest.set(accountId, await commit(home, openedWith(accountId, 1_000)));
        order.push([accountId, 1], [accountId, 2]);
      }
      for (let round = 0; round < 6; round++) {
        const accountIds = round % 2 === 0 ? [ALICE, BOB] : [BOB, ALICE];
        const entries = accountIds.map((accountId) =>
          entryAfter(newest.get(accountId)!, aBet(), { requestId: `${round}` })
        );
        const queries = entries.map(({ accountId }) => asks({ accountId, requestId: `${round}` }));
        const view = await home.ledger.view(queries, { fresh: round > 2 });
        assertEquals(await home.ledger.commit(view, entries), "committed");
        for (const entry of entries) {
          newest.set(entry.accountId, entry);
          order.push([entry.accountId, entry.seq]);
        }
        if (round === 3) assertEquals(await drainOnce(home, 5), "committed");
      }
      while (await home.log.waiting(1) > 0) assertEquals(await drainOnce(home, 5), "committed");
      const records = await home.log.read({ after: 0, limit: 100 });
      assertEquals(records.map(({ seq }) => seq), order.map((_, index) => index + 1));
      const named = records.map(({ bytes }) => decodeRecord(bytes));
      assertEquals(named.map(({ accountId, accountSeq }) => [accountId, accountSeq]), order);
    },
  );

  rule(
    "what is appended in one bite is read whole, from any record and in any number",
    async (home) => {
      const chain: AccountEntry[] = [await commit(home, openedWith(ALICE, 100_000))];
      // Each record is about 600 bytes, so the bite is more than one value of any store.
      for (let entry = 0; entry < 150; entry++) {
        chain.push(entryAfter(chain.at(-1)!, aBet(), { requestId: `bet ${entry}` }));
      }
      const bets = chain.slice(1);
      const queries = bets.map((bet) => asks({ requestId: bet.answers?.requestId ?? null }));
      const view = await home.ledger.view(queries, { fresh: true });
      assertEquals(await home.ledger.commit(view, bets), "committed");
      assertEquals(await drainOnce(home, 1_000), "committed");
      assertEquals([await home.log.waiting(1), (await home.log.head()).size], [0, 152]);

      const all = await home.log.read({ after: 0, limit: 1_000 });
      assertEquals(all.map(({ seq }) => seq), Array.from({ length: 152 }, (_, index) => index + 1));
      const verifier = new LogVerifier(sha256, EMPTY_HEAD);
      for (const stored of all) assert("record" in verifier.next(stored));
      assertEquals(verifier.end(await home.log.head()), null);
      for (const after of [0, 1, 39, 40, 41, 75, 110, 151, 152, 900]) {
        for (const limit of [0, 1, 2, 60, 1_000]) {
          assertEquals(
            await home.log.read({ after, limit }),
            all.slice(after, after + limit),
            `${limit} behind ${after}`,
          );
        }
      }
      for (const after of [0, 5, 77, 151, 152]) {
        assertEquals(
          await home.log.readChain({ chain: ALICE, after, limit: 10 }),
          all.slice(after, after + 10),
        );
      }
    },
  );

  rule("readChain() begins behind any number of the log, its own or another's", async (home) => {
    let alices: AccountEntry = await commit(home, openedWith(ALICE, 1_000));
    let bobs: AccountEntry = await commit(home, openedWith(BOB, 1_000));
    for (let round = 0; round < 4; round++) {
      alices = await commit(home, [entryAfter(alices, aBet(), { requestId: `${round}` })]);
      if (round === 2) await home.checkpoint();
      bobs = await commit(home, [entryAfter(bobs, aBet(), { requestId: `${round}` })]);
    }
    assertEquals(await drainOnce(home, 100), "committed");
    // One that the log does not have yet is not in it.
    await commit(home, [entryAfter(bobs, aBet(), { requestId: "late" })]);
    const all = await home.log.read({ after: 0, limit: 100 });
    assertEquals(all.length, 12);
    for (const accountId of [ALICE, BOB]) {
      const own = all.filter(({ bytes }) => decodeRecord(bytes).accountId === accountId);
      assertEquals(own.length, 6);
      for (let after = 0; after <= 13; after++) {
        assertEquals(
          await home.log.readChain({ chain: accountId, after, limit: 3 }),
          own.filter(({ seq }) => seq > after).slice(0, 3),
          `${accountId} behind ${after}`,
        );
      }
    }
  });
}

async function drainOnce({ log }: Home, limit = 10): Promise<string> {
  const pending = await log.pending(limit);
  return await log.append(pending, extend(sha256, pending.head, pending.drafts));
}

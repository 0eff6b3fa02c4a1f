import { assert, assertEquals } from "@std/assert";
import { EMPTY_HEAD, extend } from "../../lib/audit/chain.ts";
import { decodeRecord } from "../../lib/audit/record.ts";
import { LogVerifier } from "../../lib/audit/verify.ts";
import type { Entry } from "../../lib/domain/entry.ts";
import { aBet, ALICE, BOB, entryAfter, openedWith, sha256 } from "../given.ts";
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
    let alices: Entry = await commit(home, openedWith(ALICE, 1_000));
    let bobs: Entry = await commit(home, openedWith(BOB, 1_000));
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
    assertEquals(verifier.accountSeqs, new Map([[ALICE, 7], [BOB, 7]]));
  });

  rule("a batch that was not appended is offered again from its account's start", async (home) => {
    const newest = await commit(home, openedWith(ALICE, 1_000));
    const stale = await home.log.pending(1);
    assertEquals(await drainOnce(home, 1), "committed");
    await commit(home, [entryAfter(newest, aBet(), { requestId: "r" })]);
    const extended = extend(sha256, stale.head, stale.drafts);
    assertEquals(await home.log.append(stale, extended), "conflict");
    const next = await home.log.pending(5);
    assertEquals(next.drafts.map((draft) => draft.accountSeq), [2, 3]);
  });

  rule("readAccount() reads one account's records in the log's order", async (home) => {
    await commit(home, openedWith(ALICE, 100));
    assertEquals(await drainOnce(home), "committed");
    await commit(home, openedWith(BOB, 100));
    assertEquals(await drainOnce(home), "committed");
    const seqs = async (accountId: string, after: number, limit: number) =>
      (await home.log.readAccount({ accountId, after, limit })).map((record) => record.seq);
    assertEquals(await seqs(ALICE, 0, 10), [1, 2]);
    assertEquals(await seqs(BOB, 0, 10), [3, 4]);
    assertEquals(await seqs(BOB, 3, 10), [4]);
    assertEquals(await seqs(BOB, 0, 1), [3]);
  });
}

async function commit(home: Home, entries: readonly Entry[]): Promise<Entry> {
  const [first] = entries;
  const last = entries.at(-1);
  if (!first || !last) throw new Error("nothing to commit");
  const requestId = last.answers?.requestId ?? null;
  const view = await home.ledger.view({ accountId: first.accountId, requestId, marketIds: [] });
  assertEquals(await home.ledger.commit(view, entries), "committed");
  return last;
}

async function drainOnce({ log }: Home, limit = 10): Promise<string> {
  const pending = await log.pending(limit);
  return await log.append(pending, extend(sha256, pending.head, pending.drafts));
}

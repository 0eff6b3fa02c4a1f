import { assert, assertEquals, assertLess } from "@std/assert";
import { eventually } from "../browser/eventually.ts";
import { withServer } from "../browser/running_server.ts";
import { assertLogHolds } from "./audit_verify.ts";
import {
  accountOf,
  betsOf,
  newBettor,
  ownRecords,
  placeBet,
  type RecordSeen,
  recordsOf,
} from "./bettor.ts";

const INSUFFICIENT_FUNDS = "urn:holdfast:problem:insufficient-funds";
/** Every new demo player has this much. */
const ALL_MINOR = 100_000;

Deno.test("200 bets at once over HTTP on an account that affords one: one placed, 199 refused, and everything agrees", () =>
  withServer(async (server) => {
    const { url } = server;
    const bettor = await newBettor(url);
    const answers = await Promise.all(Array.from({ length: 200 }, async (_, number) => {
      const requestId = `rush-${number}`;
      const answer = await placeBet(url, bettor, { requestId, stakeMinor: ALL_MINOR });
      return { requestId, status: answer.status, body: await answer.json() };
    }));
    const placed = answers.filter(({ status }) => status === 201);
    const refused = answers.filter(({ body }) => body.type === INSUFFICIENT_FUNDS);
    assertEquals([placed.length, refused.length], [1, 199]);
    for (const { status, body } of refused) {
      assertEquals([status, body.status, body.availableMinor], [409, 409, 0]);
    }

    const { balanceMinor, availableMinor } = await accountOf(url, bettor);
    assertEquals([balanceMinor, availableMinor], [0, 0]);
    const bets = await betsOf(url, bettor);
    assertEquals(bets.map(({ id }) => id), [placed[0]?.body.bet.id]);

    const records = await eventually(async () => {
      const found = await recordsOf(url, bettor);
      return found.length >= 202 ? found : null;
    }, { withinMs: 5_000, what: "the log has all 202 records" });
    assertEquals(records.map(({ accountSeq }) => accountSeq), records.map((_, index) => index + 1));
    assertEquals(countBy(records.map(({ type }) => type)), {
      "account.opened": 1,
      "deposit.accepted": 1,
      "bet.placed": 1,
      "bet.refused": 199,
    });
    const logged = records.flatMap(({ requestId }) => requestId ?? []);
    assertEquals(logged.toSorted(), answers.map(({ requestId }) => requestId).toSorted());
    assertEquals(totalsOf(records), {
      external: -ALL_MINOR,
      player_cash: 0,
      player_at_risk: ALL_MINOR,
    });
    await assertLogHolds(server.database);
  }));

Deno.test("a bet's record is in the log within a second of its reply", () =>
  withServer(async ({ url }) => {
    const bettor = await newBettor(url);
    for (let number = 1; number <= 5; number++) {
      const requestId = `watched-${number}`;
      const answer = await placeBet(url, bettor, { requestId, stakeMinor: 100 });
      const repliedMs = performance.now();
      assertEquals(answer.status, 201);
      await answer.body?.cancel();
      await eventually(
        async () =>
          (await ownRecords(url, bettor)).find((record) => record.requestId === requestId) ?? null,
        { withinMs: 5_000, what: `the record of ${requestId}` },
      );
      assertLess(performance.now() - repliedMs, 1_000);
    }
  }));

Deno.test("two processes on one file both serve, and bets through both at once are each right", () =>
  withServer((one) =>
    one.withAnother(async (other) => {
      const bettor = await newBettor(one.url);
      // 40 bets of which the account affords 25: they race for the money across the processes.
      const answers = await Promise.all(Array.from({ length: 40 }, async (_, number) => {
        const { url } = number % 2 === 0 ? one : other;
        const requestId = `shared-${number}`;
        const ask = () => placeBet(url, bettor, { requestId, stakeMinor: ALL_MINOR / 25 });
        return await eventually(async () => {
          const answer = await ask();
          const body = await answer.json();
          // Both are told to be tried again with the same key, which is what a program does.
          return answer.status === 503 ? null : { requestId, status: answer.status, body };
        }, { withinMs: 10_000, what: `an answer to ${requestId}` });
      }));
      const placed = answers.filter(({ status }) => status === 201);
      const refused = answers.filter(({ body }) => body.type === INSUFFICIENT_FUNDS);
      assertEquals([placed.length, refused.length], [25, 15]);
      for (const { url } of [one, other]) {
        assertEquals((await accountOf(url, bettor)).balanceMinor, 0);
        assertEquals(
          (await betsOf(url, bettor)).map(({ requestId }) => requestId).toSorted(),
          placed.map(({ requestId }) => requestId).toSorted(),
        );
      }
      const records = await eventually(async () => {
        const found = await recordsOf(other.url, bettor);
        return found.length >= 42 ? found : null;
      }, { withinMs: 5_000, what: "the log has all 42 records" });
      assertEquals(records.length, 42);
      assertEquals(totalsOf(records)["player_at_risk"], ALL_MINOR);

      // What one process decided, the other repeats.
      const first = placed[0];
      assert(first);
      for (const { url } of [one, other]) {
        const again = await placeBet(url, bettor, {
          requestId: first.requestId,
          stakeMinor: ALL_MINOR / 25,
        });
        assertEquals([again.status, (await again.json()).bet], [201, first.body.bet]);
      }
      await assertLogHolds(one.database);
      assertEquals([one.errors, other.errors], [[], []]);
    })
  ));

function countBy(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

/** What the records' postings add up to on each account; every record must balance by itself. */
function totalsOf(records: readonly RecordSeen[]): Record<string, number> {
  const totals: Record<string, number> = {};
  for (const { seq, data } of records) {
    const postings = (data["postings"] ?? []) as { account: string; amountMinor: number }[];
    let sum = 0;
    for (const { account, amountMinor } of postings) {
      sum += amountMinor;
      totals[account] = (totals[account] ?? 0) + amountMinor;
    }
    assertEquals(sum, 0, `record ${seq}`);
  }
  return totals;
}

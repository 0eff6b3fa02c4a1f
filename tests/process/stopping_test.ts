import { assertEquals, assertLess, assertRejects } from "@std/assert";
import { eventually } from "../browser/eventually.ts";
import { withServer } from "../browser/running_server.ts";
import { assertLogHolds } from "./audit_verify.ts";
import { accountOf, betsOf, newBettor, placeBet, recordsOf } from "./bettor.ts";
import { beginBet } from "./held_back_bet.ts";

const MOST_TO_STOP_MS = 5_000;
const AT_ONCE = 8;
const NOT_READY = "urn:holdfast:problem:not-ready";

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  Deno.test(`${signal} lets open requests finish with their answers, then exits with 0; nothing is missing afterwards`, () =>
    withServer(async (server) => {
      const { url } = server;
      const bettor = await newBettor(url);
      const bets = Array.from(
        { length: AT_ONCE },
        (_, number) => ({ requestId: `open-${number}`, stakeMinor: 100 }),
      );
      const open = await Promise.all(bets.map((bet) => beginBet(server, bettor, bet)));
      using connections = new DisposableStack();
      for (const bet of open) connections.use(bet);

      const askedMs = performance.now();
      const stopped = server.stop(signal);
      // The process says that it is stopping while it waits for them; nothing new begins.
      await eventually(async () => {
        const { status, body } = await fetch(`${url}/readyz`);
        await body?.cancel();
        return status === 503 ? true : null;
      }, { withinMs: 2_000, what: "the server is stopping" });
      const late = await placeBet(url, bettor, { requestId: "too-late", stakeMinor: 100 });
      assertEquals([late.status, (await late.json()).type], [503, NOT_READY]);
      const answers = await Promise.all(open.map((bet) => bet.finish()));
      assertEquals(answers, bets.map(() => 201));
      assertEquals(await stopped, 0);
      assertLess(performance.now() - askedMs, MOST_TO_STOP_MS);
      assertEquals(server.errors, []);

      // The outbox was emptied before the end: the log is whole with no server at work.
      const said = await assertLogHolds(server.database);
      assertEquals(said.includes("on their way"), false, said);

      await server.start();
      assertEquals((await accountOf(url, bettor)).balanceMinor, 100_000 - AT_ONCE * 100);
      const ids = (await betsOf(url, bettor)).map(({ requestId }) => requestId);
      assertEquals(ids.sort(), bets.map(({ requestId }) => requestId));
      const logged = (await recordsOf(url, bettor)).flatMap(({ requestId }) => requestId ?? []);
      assertEquals(logged.sort(), bets.map(({ requestId }) => requestId));
    }));
}

Deno.test("a bet that was answered survives kill -9: it is there, once, and in the log within a second", () =>
  withServer(async (server) => {
    const { url } = server;
    const bettor = await newBettor(url);
    const answer = await placeBet(url, bettor, { requestId: "last-words", stakeMinor: 2_500 });
    await server.kill();
    const { bet } = await answer.json();
    assertEquals(answer.status, 201);
    await assertRejects(() => fetch(url));

    await server.start();
    assertEquals((await betsOf(url, bettor)).map(({ id }) => id), [bet.id]);
    assertEquals((await accountOf(url, bettor)).balanceMinor, 97_500);
    const records = await eventually(async () => {
      const found = (await recordsOf(url, bettor)).filter(({ requestId }) => requestId !== null);
      return found.length > 0 ? found : null;
    }, { withinMs: 1_000, what: "the bet's record" });
    assertEquals(records.map(({ type, requestId }) => [type, requestId]), [
      ["bet.placed", "last-words"],
    ]);

    // Whoever missed the answer and asks again gets it, and no second bet.
    const again = await placeBet(url, bettor, { requestId: "last-words", stakeMinor: 2_500 });
    assertEquals([again.status, again.headers.get("idempotency-replayed")], [201, "true"]);
    assertEquals((await again.json()).bet, bet);
    assertEquals((await betsOf(url, bettor)).length, 1);
    assertEquals(await server.stop(), 0);
    await assertLogHolds(server.database);
  }));

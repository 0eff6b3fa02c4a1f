import { assert, assertEquals } from "@std/assert";
import * as fc from "fast-check";
import type { MarketAnswer } from "../../lib/app/change_market.ts";
import type { BetAnswer } from "../../lib/app/place_bet.ts";
import type { Services } from "../../lib/app/services.ts";
import type { CommitFate } from "../../lib/adapters/memory/memory_database.ts";
import { chainOf } from "../../lib/domain/chain.ts";
import { decodeRecord } from "../../lib/audit/record.ts";
import type { AuditLog } from "../../lib/ports/audit_log.ts";
import { aRequest } from "../app/bookmaker.ts";
import { MATCH, NOON_MS } from "../given.ts";
import { SUSPEND, TRADER } from "../market_entries.ts";
import { kvRace } from "./kv_race.ts";
import { race } from "./race.ts";

const MARKET = chainOf({ marketId: MATCH.id });

const suspend = (services: Services, requestId = "suspend"): Promise<MarketAnswer> =>
  services.changeMarket({
    marketId: MATCH.id,
    requestId,
    actor: TRADER,
    atMs: NOON_MS,
    change: SUSPEND,
  });

const bet = (services: Services, requestId: string): Promise<BetAnswer> =>
  services.placeBet(aRequest({ requestId }));

/** Whether each bet was taken, by its request, in the log's order; "suspended" where that stands. */
async function story(log: AuditLog): Promise<readonly string[]> {
  const records = await log.read({ after: 0, limit: 1_000 });
  return records.map(({ bytes }) => decodeRecord(bytes)).flatMap(({ type, requestId }) => {
    if (type === "market.suspended") return ["suspended"];
    return type.startsWith("bet.") && !requestId?.startsWith("past") ? [type] : [];
  });
}

/** Bets are taken before the suspension and none behind it, in the one order that all entries have. */
function assertDecidedByOrder(
  told: readonly string[],
  answers: readonly (MarketAnswer | BetAnswer)[],
): void {
  const at = told.indexOf("suspended");
  assert(at >= 0 && told.lastIndexOf("suspended") === at, "it was suspended once");
  assertEquals(new Set(told.slice(0, at)).has("bet.refused"), false, told.join());
  assertEquals(new Set(told.slice(at)).has("bet.placed"), false, told.join());
  const placed = answers.filter(({ kind }) => kind === "placed").length;
  assertEquals(placed, at, "who was told that a bet was taken, and only they, has one");
}

Deno.test("of bets and a suspension in several processes, the order of their commits decides", async () => {
  const callers = [
    (services: Services) => bet(services, "one"),
    (services: Services) => suspend(services),
    (services: Services) => bet(services, "two"),
  ];
  const orders = new Set<string>();
  await race<MarketAnswer | BetAnswer>(
    { balanceMinor: 1_000, callers, drainers: 1 },
    async (answers, { log, drainer }) => {
      await drainer.wake();
      const told = await story(log);
      assertDecidedByOrder(told, answers);
      orders.add(told.join());
    },
  );
  assert(orders.size > 2, `too few orders were met: ${[...orders]}`);
});

Deno.test("of bets and a suspension in several processes on Deno KV, the order of the journal decides", async () => {
  const orders = new Set<string>();
  await kvRace<MarketAnswer | BetAnswer>({
    balanceMinor: 1_000,
    processes: [
      ({ services }) => bet(services, "one"),
      ({ services }) => suspend(services),
      ({ services }) => bet(services, "two"),
    ],
  }, async (answers, { log, drainer }) => {
    for (const _ of [1, 2]) await drainer.wake();
    const told = await story(log);
    assertDecidedByOrder(told, answers);
    orders.add(told.join());
  });
  assert(orders.size > 1, `too few orders were met: ${[...orders]}`);
});

Deno.test("the same suspension asked in several processes on Deno KV is one entry, told alike", async () => {
  const processes = [1, 2, 3].map(() => ({ services }: { services: Services }) => (
    suspend(services)
  ));
  await kvRace<MarketAnswer>({ balanceMinor: 1_000, processes }, async (answers, { ledger }) => {
    const chain = await ledger.history(MARKET, { before: null, limit: 9 });
    assertEquals(chain.map(({ event }) => event.type), ["market.suspended", "market.opened"]);
    assertEquals(
      answers.filter((answer) => answer.kind === "changed" && !answer.replayed).length,
      1,
    );
    for (const answer of answers) {
      assert(answer.kind === "changed");
      assertEquals([answer.market.status, answer.market.version], ["suspended", 2]);
    }
  });
});

/** How many commits may go wrong, one behind the other. */
const FATES_AT_MOST = 5;

const anyFates = fc.array(
  fc.constantFrom<CommitFate>(
    "failCommitAndNotPersist",
    "failCommitButPersist",
    "answerBusy",
    "answerConflict",
    "persistAndAnswer",
  ),
  { maxLength: FATES_AT_MOST },
);

Deno.test("a suspension whose answers are lost is done at most once, and nobody is told otherwise", async () => {
  const callers = [
    (services: Services) => suspend(services),
    (services: Services) => suspend(services),
    (services: Services) => bet(services, "bet"),
  ];
  await race<MarketAnswer | BetAnswer>(
    { balanceMinor: 1_000, callers },
    async (answers, { ledger }) => {
      const [newest] = await ledger.markets([MATCH.id]);
      assertEquals(newest?.seq, 2, "eight attempts outlast five mishaps");
      for (const answer of answers.slice(0, 2)) assertEquals(answer.kind, "changed");
    },
    anyFates,
  );
});

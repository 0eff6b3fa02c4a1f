import { assert, assertEquals, assertRejects } from "@std/assert";
import { MemoryAuditLog } from "../../lib/adapters/memory/memory_audit_log.ts";
import { MemoryBook } from "../../lib/adapters/memory/memory_book.ts";
import { MemoryDatabase } from "../../lib/adapters/memory/memory_database.ts";
import { MemoryLedger } from "../../lib/adapters/memory/memory_ledger.ts";
import { MemorySessions } from "../../lib/adapters/memory/memory_sessions.ts";
import { demoBook } from "../../lib/app/demo_book.ts";
import { DEFAULT_POLICY } from "../../lib/app/policy.ts";
import { chainOf } from "../../lib/domain/chain.ts";
import { offerDemoBook } from "../../lib/app/offer_demo_book.ts";
import { comparePrices, priceOf } from "../../lib/domain/price.ts";
import { NOON_MS } from "../given.ts";
import { SUSPEND, TRADER } from "../market_entries.ts";
import { servicesOn } from "./bookmaker.ts";

const MINUTE_MS = 60_000;
const BOOK = demoBook(NOON_MS);
const MARKETS = BOOK.flatMap((offered) => offered.markets);

Deno.test("demoBook() is the same for the same time, and anywhere in a quarter of an hour", () => {
  assertEquals(demoBook(NOON_MS), BOOK);
  assertEquals(demoBook(NOON_MS - 15 * MINUTE_MS + 1), BOOK);
  assertEquals(
    demoBook(NOON_MS + 1)[0]!.event.startsAtMs,
    BOOK[0]!.event.startsAtMs + 15 * MINUTE_MS,
  );
});

Deno.test("demoBook() has football, racing and tennis, all of it still to come", () => {
  const sports = new Set(BOOK.map(({ event }) => event.sport));
  assertEquals(sports, new Set(["football", "racing", "tennis"]));
  for (const nowMs of [NOON_MS, NOON_MS + 1, NOON_MS + 15 * MINUTE_MS - 1]) {
    for (const { event } of demoBook(nowMs)) assert(event.startsAtMs > nowMs, event.id);
  }
});

Deno.test("demoBook() gives ids of printable ASCII, each once", () => {
  const eventIds = BOOK.map(({ event }) => event.id);
  const marketIds = MARKETS.map((market) => market.id);
  for (const ids of [eventIds, marketIds, ...MARKETS.map((market) => idsOf(market.selections))]) {
    assertEquals(new Set(ids).size, ids.length);
    for (const id of ids) assert(/^[\x21-\x7e]{1,128}$/.test(id), id);
  }
});

Deno.test("demoBook() ties every market to its event, open, at version 1", () => {
  for (const { event, markets } of BOOK) {
    assertEquals(event.marketIds, markets.map((market) => market.id));
    assert(markets.length > 0);
    for (const { eventId, status, version, selections } of markets) {
      assertEquals([eventId, status, version], [event.id, "open", 1]);
      assert(selections.length >= 2);
    }
  }
});

Deno.test("demoBook() has prices in lowest terms that a bookmaker could live on", () => {
  for (const { id, selections } of MARKETS) {
    for (const { price } of selections) assertEquals(priceOf(price.num, price.den), price);
    // The chances that the prices stand for add up to more than 1: otherwise backing all wins.
    const chances = selections.reduce((sum, { price }) => sum + price.den / price.num, 0);
    assert(chances > 1 && chances < 1.3, `${id}: ${chances}`);
    assert(selections.every(({ price }) => comparePrices(price, { num: 1, den: 1 }) > 0));
  }
});

/** The application with nothing on offer. */
function openServices() {
  const database = new MemoryDatabase();
  const services = servicesOn({
    ledger: new MemoryLedger(database),
    log: new MemoryAuditLog(database),
    book: new MemoryBook(database),
    sessions: new MemorySessions(database),
  });
  return { database, services };
}

Deno.test("offerDemoBook() offers every event once and opens every market once, however often it runs", async () => {
  const { database, services } = openServices();
  await offerDemoBook(services, NOON_MS);
  await offerDemoBook(services, NOON_MS);
  const offered = await services.events();
  assertEquals(
    idsOf(offered.map(({ event }) => event)).toSorted(),
    BOOK.map(({ event }) => event.id).toSorted(),
  );
  for (const market of MARKETS) {
    assertEquals(await services.market(market.id), market);
    const chain = database.chains.get(chainOf({ marketId: market.id }));
    assertEquals(chain?.map(({ event, actor }) => [event.type, actor]), [
      ["market.opened", "system"],
    ]);
  }
});

Deno.test("offerDemoBook() gives a new time to what has started, and leaves the rest", async () => {
  const { services } = openServices();
  await offerDemoBook(services, NOON_MS);
  const before = await services.events();
  const laterMs = before[0]!.event.startsAtMs;
  const marketId = before[0]!.markets[0]!.id;
  const by = { marketId, requestId: "r", actor: TRADER, atMs: NOON_MS };
  await services.changeMarket({ ...by, change: SUSPEND });

  await offerDemoBook(services, laterMs);
  for (const { event } of before) {
    const now = await services.event(event.id);
    assert(now && now.event.startsAtMs > laterMs);
    assertEquals(now.event.startsAtMs === event.startsAtMs, event.startsAtMs > laterMs);
  }
  // What is known about a market outlives its event's new time.
  const market = await services.market(marketId);
  assertEquals([market?.status, market?.version], ["suspended", 2]);
});

Deno.test("offerDemoBook() throws when the store could not take a market, and shows no event without one", async () => {
  const { database, services } = openServices();
  const { commitAttempts } = DEFAULT_POLICY;
  database.fates.push(...Array(2 * commitAttempts).fill("answerBusy"));
  await assertRejects(() => offerDemoBook(services, NOON_MS), Error, "could not take");
  assertEquals(await services.events(), []);
});

function idsOf(items: readonly { readonly id: string }[]): readonly string[] {
  return items.map((item) => item.id);
}

import { assert, assertEquals } from "@std/assert";
import type { JournalPage } from "../../lib/adapters/deno_kv/journal_page.ts";
import { keys } from "../../lib/adapters/deno_kv/keys.ts";
import { chainOf } from "../../lib/domain/chain.ts";
import { type MarketState, MOST_MARKET_BYTES, type Selection } from "../../lib/domain/market.ts";
import type { MarketChange } from "../../lib/domain/market_commands.ts";
import { openAlice } from "../app/bookmaker.ts";
import { assertLogged, soundChain } from "../app/invariants.ts";
import { inMemory, type KvParts, partsOn } from "../faults/kv_home.ts";
import { withReports } from "../faults/reports.ts";
import { NOON_MS, noWait } from "../given.ts";
import { SUSPEND, TRADER } from "../market_entries.ts";
import { assertRowsRight } from "./drawn_rows.ts";

const RESUME: MarketChange = { type: "resume", reason: null };

/** The most bytes one value may have. */
const VALUE_BYTES = 65_536;

function change(
  { services }: KvParts,
  requestId: string,
  change: MarketChange,
  marketId = "match",
) {
  return services.changeMarket({ marketId, requestId, actor: TRADER, atMs: NOON_MS, change });
}

Deno.test("a process that was away decides on the market as another one left it, drawn or not", async () => {
  await inMemory(async (kv) => {
    const [a, b] = [partsOn(kv, { backoff: noWait }), partsOn(kv, { backoff: noWait })];
    await openAlice(a.ledger, 1_000);
    assertEquals((await b.place({ requestId: "known" })).kind, "placed");
    for (const drawn of [false, true]) {
      const suspended = await change(a, `suspend ${drawn}`, SUSPEND);
      if (drawn) assertEquals(await a.checkpointer.run(), "done");
      const refused = await b.place({ requestId: `away ${drawn}` });
      assert(refused.kind === "refused" && refused.refusal.kind === "market_suspended");
      assert(suspended.kind === "changed");
      assertEquals(await b.services.market("match"), suspended.market);
      // It was decided by the other process; asked here, it is told alike.
      assertEquals(await change(b, `suspend ${drawn}`, SUSPEND), { ...suspended, replayed: true });
      assertEquals(await change(b, `suspend ${drawn}`, RESUME), { kind: "mismatch" });
      assertEquals((await change(b, `resume ${drawn}`, RESUME)).kind, "changed");
      assertEquals((await a.place({ requestId: `back ${drawn}` })).kind, "placed");
    }
    await assertAgreed(kv, a, b);
  });
});

Deno.test("a process that starts knows every market and what its requests were told", async () => {
  await inMemory(async (kv) => {
    const first = partsOn(kv, { backoff: noWait });
    await openAlice(first.ledger, 1_000);
    const answers = [];
    for (const [number, what] of [SUSPEND, SUSPEND, RESUME, SUSPEND].entries()) {
      answers.push(await change(first, `${number}`, what));
      if (number === 1) assertEquals(await first.checkpointer.run(), "done");
    }
    const next = partsOn(kv, { backoff: noWait });
    const refused = await next.place();
    assert(refused.kind === "refused" && refused.refusal.kind === "market_suspended");
    for (const [number, what] of [SUSPEND, SUSPEND, RESUME, SUSPEND].entries()) {
      const again = await change(next, `${number}`, what);
      assertEquals<unknown>(again, { ...answers[number], replayed: true });
    }
    await assertAgreed(kv, first, next);
  });
});

Deno.test("markets as large as they may be are opened, changed, drawn and logged within the limits", async () => {
  await inMemory(async (kv) => {
    const parts = partsOn(kv, { backoff: noWait });
    await openAlice(parts.ledger, 1_000);
    const markets = Array.from({ length: 30 }, (_, index) => largeMarket(`large ${index}`));
    await withReports(async (reports) => {
      const event = { ...EVENT, marketIds: markets.map(({ id }) => id) };
      assertEquals(await parts.services.offerEvent({ event, markets }), true);
      const limits = markets[0]!.selections.slice(0, 100)
        .map(({ id }) => ({ selectionId: id, liabilityCapMinor: 1_000_000_000_000 }));
      const all: MarketChange = { type: "set_limits", limits, reason: "é".repeat(500) };
      const unknown = limits.map(({ selectionId, ...cap }) => (
        { ...cap, selectionId: `${selectionId} `.padEnd(128, '"') }
      ));
      // At once, and with bets between them: what does not fit into one commit goes into the next.
      const answers = await Promise.all(markets.flatMap(({ id }) => [
        change(parts, "all", all, id),
        change(parts, "unknown", { ...all, limits: unknown }, id),
        parts.place({ requestId: `bet ${id}`, stakeMinor: 1 }),
      ]));
      assertEquals(
        new Map(Map.groupBy(answers, ({ kind }) => kind).entries().map(([k, v]) => [k, v.length])),
        new Map([["changed", 30], ["refused", 30], ["placed", 30]]),
      );
      assertEquals(reports, []);
    });
    for await (const { value } of kv.list<JournalPage>({ prefix: keys.allJournal() })) {
      assert(value.bytes.length < VALUE_BYTES - 1_000, `${value.bytes.length} bytes`);
    }
    assertEquals(await parts.checkpointer.run(), "done");
    await assertAgreed(kv, parts);
    const { seq, state } = (await partsOn(kv).ledger.markets(["large 7"]))[0]!;
    assertEquals([seq, state.version], [3, 2]);
    const chain = await parts.ledger.history(chainOf({ marketId: "large 7" }), {
      before: null,
      limit: 9,
    });
    assertEquals(chain.map(({ event }) => event.type), [
      "market.refused",
      "market.limits_set",
      "market.opened",
    ]);
  });
});

const EVENT = {
  id: "marathon",
  sport: "racing",
  competition: "City",
  name: "Marathon",
  startsAtMs: NOON_MS,
} as const;

/** As many selections as fit, with names that take three bytes a letter. */
function largeMarket(id: string): MarketState {
  const selection = (number: number): Selection => ({
    id: `runner ${number}`,
    name: "走".repeat(20),
    price: { num: 10_000 * 999_983, den: 999_983 },
    liabilityCapMinor: 999_999_999_999,
  });
  const base = { id, eventId: EVENT.id, name: "Winner", status: "open", version: 1 } as const;
  const one = new TextEncoder().encode(JSON.stringify(selection(100))).length + 1;
  const count = Math.floor((MOST_MARKET_BYTES - 200) / one);
  return { ...base, selections: Array.from({ length: count }, (_, number) => selection(number)) };
}

/** Every process, and one that has just started, tells the same of the journal; the log has all of it. */
async function assertAgreed(kv: Deno.Kv, ...processes: readonly KvParts[]): Promise<void> {
  const fresh = partsOn(kv);
  const ends = await Array.fromAsync(fresh.ledger.chainEnds());
  const marketIds = ends.flatMap((end) => "marketId" in end ? [end.marketId] : []);
  const chain = await soundChain(fresh.ledger);
  assertEquals(await fresh.drainer.wake(), "empty");
  const markets = await fresh.ledger.markets(marketIds);
  for (const { ledger, log } of [...processes, fresh]) {
    assertEquals(await ledger.markets(marketIds), markets);
    assertEquals(await soundChain(ledger), chain);
    await assertLogged({ ledger, log }, chain);
  }
  await assertRowsRight(kv);
}

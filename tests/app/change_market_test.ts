import { assert, assertEquals } from "@std/assert";
import type { MarketAnswer, MarketAsking } from "../../lib/app/change_market.ts";
import { DEFAULT_POLICY } from "../../lib/app/policy.ts";
import { changeToldNow } from "../../lib/app/told_now.ts";
import { chainOf } from "../../lib/domain/chain.ts";
import type { MarketChange } from "../../lib/domain/market_commands.ts";
import { ALICE, MATCH, NOON_MS } from "../given.ts";
import { SUSPEND, TRADER } from "../market_entries.ts";
import { type Bookmaker, openBookmaker } from "./bookmaker.ts";

const RESUME: MarketChange = { type: "resume", reason: "the goal stands" };
const CAP: MarketChange = {
  type: "set_limits",
  limits: [{ selectionId: "home", liabilityCapMinor: 5 }],
  reason: null,
};

const MARKET = chainOf({ marketId: MATCH.id });

function asking(change: MarketChange, how: Partial<MarketAsking> = {}): MarketAsking {
  return { marketId: MATCH.id, requestId: "r", actor: TRADER, atMs: NOON_MS, change, ...how };
}

async function typesOf({ database }: Bookmaker): Promise<readonly string[]> {
  return await Promise.resolve((database.chains.get(MARKET) ?? []).map(({ event }) => event.type));
}

Deno.test("changeMarket() changes the market, and says who did it and why", async () => {
  const bookmaker = await openBookmaker();
  const answer = await bookmaker.services.changeMarket(
    asking({ type: "suspend", reason: "a goal" }),
  );
  const market = { ...MATCH, status: "suspended", version: 2 } as const;
  assertEquals(answer, { kind: "changed", market, replayed: false, decidedAtMs: NOON_MS });
  assertEquals(await bookmaker.services.market(MATCH.id), market);
  const entry = await bookmaker.ledger.entry(MARKET, 2);
  assertEquals([entry?.actor, entry?.answers?.requestId], [TRADER, "r"]);
  assert(entry?.event.type === "market.suspended");
  assertEquals(entry.event.reason, "a goal");
  assertEquals((await bookmaker.place()).kind, "refused");
});

Deno.test("changeMarket() again answers as the first time, whatever has become of the market", async () => {
  const bookmaker = await openBookmaker();
  const { services, database } = bookmaker;
  const changes = [CAP, SUSPEND, SUSPEND, RESUME].map((change, index) => (
    asking(change, { requestId: `request ${index}` })
  ));
  const first: MarketAnswer[] = [];
  for (const change of changes) first.push(await services.changeMarket(change));
  const close = { type: "close", reason: null } as const;
  await services.changeMarket(asking(close, { requestId: "close" }));
  const refused = asking(SUSPEND, { requestId: "too late" });
  first.push(await services.changeMarket(refused));
  assertEquals(first.at(-1), {
    kind: "refused",
    refusal: { kind: "market_closed" },
    replayed: false,
  });
  const { commits } = database;
  for (const [index, change] of [...changes, refused].entries()) {
    const again = await services.changeMarket({ ...change, atMs: NOON_MS + 9 });
    assertEquals<unknown>(again, { ...first[index], replayed: true });
  }
  assertEquals(database.commits, commits);
  assertEquals(await typesOf(bookmaker), [
    "market.opened",
    "market.limits_set",
    "market.suspended",
    "market.unchanged",
    "market.resumed",
    "market.closed",
    "market.refused",
  ]);
});

Deno.test("changeMarket() answers mismatch for a used id with anything else, and does nothing", async () => {
  const bookmaker = await openBookmaker();
  await bookmaker.services.changeMarket(asking(SUSPEND));
  for (const change of [RESUME, CAP, { ...SUSPEND, reason: "another" }]) {
    assertEquals(await bookmaker.services.changeMarket(asking(change)), { kind: "mismatch" });
  }
  assertEquals(await typesOf(bookmaker), ["market.opened", "market.suspended"]);
});

Deno.test("a request id belongs to its market, and is none of any account", async () => {
  const bookmaker = await openBookmaker();
  const { services } = bookmaker;
  assertEquals((await bookmaker.place({ requestId: "same" })).kind, "placed");
  const answer = await services.changeMarket(asking(SUSPEND, { requestId: "same" }));
  assert(answer.kind === "changed" && !answer.replayed);
  assertEquals((await services.request(ALICE, "same"))?.event.type, "bet.placed");
});

Deno.test("changeMarket() knows no market that is not there, and remembers nothing of it", async () => {
  const { services, database } = await openBookmaker();
  const { commits } = database;
  const answer = await services.changeMarket(asking(SUSPEND, { marketId: "nope" }));
  assertEquals(answer, { kind: "market_unknown" });
  assertEquals([database.commits, database.chains.size], [commits, 2]);
});

Deno.test("changeMarket() says contended only when every attempt certainly changed nothing", async () => {
  const { services, database } = await openBookmaker({ policy: { commitAttempts: 2 } });
  const kind = async () => (await services.changeMarket(asking(CAP))).kind;
  database.fates.push("answerBusy", "answerConflict");
  assertEquals(await kind(), "contended");
  database.fates.push("answerBusy", "failCommitAndNotPersist");
  assertEquals(await kind(), "unknown");
  assertEquals(await kind(), "changed");
});

Deno.test("changeMarket() whose answer was lost finds what it did, and does it once", async () => {
  const bookmaker = await openBookmaker();
  bookmaker.database.fates.push("failCommitButPersist");
  const answer = await bookmaker.services.changeMarket(asking(SUSPEND));
  assert(answer.kind === "changed" && answer.market.version === 2);
  assertEquals(await typesOf(bookmaker), ["market.opened", "market.suspended"]);
});

Deno.test("changeMarket() and bets at once are decided in the order in which they came", async () => {
  for (const suspendFirst of [true, false]) {
    const bookmaker = await openBookmaker();
    const { services, place } = bookmaker;
    const suspend = () => services.changeMarket(asking(SUSPEND));
    const [one, other] = suspendFirst
      ? await Promise.all([suspend(), place()])
      : (await Promise.all([place(), suspend()])).toReversed();
    assertEquals([one?.kind, other?.kind], ["changed", suspendFirst ? "refused" : "placed"]);
    assertEquals(bookmaker.database.commits, 1, "they were committed together");
  }
});

Deno.test("a change is told as it was for a day, and then as the market is", async () => {
  const { services, database: _ } = await openBookmaker();
  const { replayMs } = DEFAULT_POLICY;
  await services.changeMarket(asking(SUSPEND));
  await services.changeMarket(asking(RESUME, { requestId: "later" }));
  const toldAfter = async (afterMs: number) => {
    const late = { ...services, nowMs: () => NOON_MS + afterMs };
    const told = await changeToldNow(late, await services.changeMarket(asking(SUSPEND)));
    return told.kind === "changed" && [told.market.status, told.market.version, told.replayed];
  };
  assertEquals(await toldAfter(replayMs - 1), ["suspended", 2, true]);
  assertEquals(await toldAfter(replayMs), ["open", 3, true]);
});

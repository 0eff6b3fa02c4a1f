import { assertEquals } from "@std/assert";
import { MemoryBook } from "../../lib/adapters/memory/memory_book.ts";
import { MemoryDatabase } from "../../lib/adapters/memory/memory_database.ts";
import { MemoryLedger } from "../../lib/adapters/memory/memory_ledger.ts";
import { MemoryLobby } from "../../lib/adapters/memory/memory_lobby.ts";
import { publishLobby, readLobby } from "../../lib/app/lobby.ts";
import type { LobbyStore } from "../../lib/ports/lobby_store.ts";
import { MATCH, NOON_MS } from "../given.ts";
import { putMarket } from "../market_entries.ts";

const STALE_MS = 60_000;

Deno.test("readLobby() draws the lobby when there is no copy yet, and leaves one", async () => {
  const { read } = await opened();
  assertEquals((await read("edge")).looks.map(({ at, found }) => [at, found]), [
    ["edge", "nothing"],
    ["origin", "used"],
  ]);
  const again = await read("edge");
  assertEquals([again.source, again.looks.map(({ found }) => found)], ["edge", ["used"]]);
});

Deno.test("readLobby() shows a change at the origin at once, and at the edge when it is published", async () => {
  const { read, suspend, publish } = await opened();
  await read("edge");
  await suspend();
  assertEquals(statusIn(await read("origin")), "suspended");
  assertEquals(statusIn(await read("edge")), "open");
  await publish();
  const seen = await read("edge");
  assertEquals([seen.source, statusIn(seen)], ["edge", "suspended"]);
});

Deno.test("readLobby() lets no change stay unseen for the bound, though nobody publishes it", async () => {
  const { read, suspend, pass } = await opened();
  await read("edge");
  await suspend();
  pass(STALE_MS - 1);
  assertEquals(statusIn(await read("edge")), "open");
  pass(1);
  const seen = await read("edge");
  assertEquals([seen.looks[0]?.found, seen.source, statusIn(seen)], [
    "too old",
    "origin",
    "suspended",
  ]);
  assertEquals((await read("edge")).source, "edge");
});

Deno.test("readLobby() does not believe a copy from the future", async () => {
  const { read, suspend, pass } = await opened();
  await read("edge");
  await suspend();
  pass(-1);
  assertEquals(statusIn(await read("edge")), "suspended");
});

Deno.test("readLobby() goes to the origin when the copy cannot be read, and a change lives without it", async () => {
  const broken: LobbyStore = {
    read: () => Promise.reject(new Error("away")),
    put: () => Promise.reject(new Error("away")),
  };
  const { read, publish } = await opened(broken);
  await publish();
  const { source, looks } = await read("edge");
  assertEquals([source, looks[0]?.found], ["origin", "failed"]);
});

Deno.test("readLobby() shows of each event the main market alone", async () => {
  const { read } = await opened();
  const [shown] = (await read("origin")).picture.events;
  assertEquals(shown?.markets.map(({ id }) => id), [MATCH.id]);
});

/** A book with one event, of two markets, and a clock that stands at noon. */
async function opened(lobby: LobbyStore = new MemoryLobby()) {
  const database = new MemoryDatabase();
  let nowMs = NOON_MS;
  const second = { ...MATCH, id: "second" };
  const ledger = new MemoryLedger(database);
  for (const market of [MATCH, second]) await putMarket(ledger, market);
  database.events.set("derby", {
    id: "derby",
    sport: "football",
    competition: "League",
    name: "Home v Away",
    startsAtMs: NOON_MS,
    marketIds: [MATCH.id, second.id],
  });
  const ports = { book: new MemoryBook(database), lobby, clock: { nowMs: () => nowMs } };
  return {
    read: (source: "edge" | "origin") => readLobby(ports, { source, staleMs: STALE_MS }),
    publish: () => publishLobby(ports),
    suspend: () => putMarket(ledger, { ...MATCH, version: 2, status: "suspended" }),
    pass: (ms: number) => void (nowMs += ms),
  };
}

function statusIn({ picture }: Awaited<ReturnType<typeof readLobby>>): string | undefined {
  return picture.events[0]?.markets[0]?.status;
}

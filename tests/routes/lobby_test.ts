import { assertEquals, assertMatch } from "@std/assert";
import { openSite } from "./site.ts";

Deno.test("GET /api/lobby says where the lobby came from, as of when, and what that cost", async () => {
  const site = openSite();
  const drawn = await site.fetch("/api/lobby");
  const body = await drawn.json();
  assertEquals([drawn.status, body.source, body.asOf], [200, "origin", "2026-01-01T12:00:00.000Z"]);
  assertMatch(
    drawn.headers.get("server-timing") ?? "",
    /^edge;desc="nothing";dur=\d+, origin;desc="used";dur=\d+$/,
  );
  const { events } = await (await site.fetch("/api/events")).json();
  assertEquals(body.events, events);

  const copied = await site.fetch("/api/lobby?source=edge");
  assertMatch(copied.headers.get("server-timing") ?? "", /^edge;desc="used";dur=\d+$/);
  assertEquals(await copied.json(), { ...body, source: "edge" });
});

Deno.test("GET /api/lobby?source=origin always asks the book", async () => {
  const site = openSite();
  await site.fetch("/api/lobby");
  site.change({ status: "suspended" });
  const response = await site.fetch("/api/lobby?source=origin");
  const { source, events: [event] } = await response.json();
  assertEquals([source, event.markets[0].status], ["origin", "suspended"]);
  assertMatch(response.headers.get("server-timing") ?? "", /^origin;desc="used";dur=\d+$/);
});

Deno.test("GET /api/lobby?source=edge is never more than a minute behind", async () => {
  const site = openSite();
  const status = async () => {
    const { events: [event] } = await (await site.fetch("/api/lobby?source=edge")).json();
    return event.markets[0].status;
  };
  assertEquals(await status(), "open");
  site.change({ status: "suspended" });
  assertEquals(await status(), "open");
  site.pass(60_000);
  assertEquals(await status(), "suspended");
});

Deno.test("a trader's change is in the lobby's copy with its answer", async () => {
  const site = openSite();
  await site.fetch("/api/lobby");
  const answer = await site.post("/api/trading/markets/match/limits", {
    token: await site.signIn("trader"),
    body: { limits: [{ selectionId: "home", liabilityCapMinor: 5 }] },
  });
  assertEquals(answer.status, 200);
  const { market } = await answer.json();
  const { source, events: [event] } = await (await site.fetch("/api/lobby")).json();
  assertEquals([source, event.markets[0].version], ["edge", market.version]);
});

Deno.test("no bet is decided on the lobby's copy: its price is refused once the market has another", async () => {
  const site = openSite();
  await site.fetch("/api/lobby");
  site.change({ status: "suspended" });
  const { events: [event] } = await (await site.fetch("/api/lobby")).json();
  assertEquals(event.markets[0].status, "open");
  const answer = await site.bet({ token: await site.signIn("player") });
  assertMatch((await answer.json()).type, /:market-suspended$/);
});

for (const query of ["source=cache", "source=edge&source=edge", "source=", "from=edge"]) {
  Deno.test(`GET /api/lobby?${query} is refused as invalid-request`, async () => {
    const response = await openSite().fetch(`/api/lobby?${query}`);
    assertEquals([response.status, (await response.json()).type], [
      400,
      "urn:holdfast:problem:invalid-request",
    ]);
  });
}

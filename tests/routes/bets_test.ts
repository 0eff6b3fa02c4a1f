import { assert, assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { DEFAULT_POLICY } from "../../lib/app/policy.ts";
import { bearer, BET, HOME, openSite, type Site } from "./site.ts";

async function read(site: Site, path: string, token: string) {
  const response = await site.fetch(path, { headers: bearer(token) });
  return { status: response.status, body: await response.json() };
}

Deno.test("POST /api/bets takes the stake, answers bet and account, and tells where the bet is", async () => {
  const site = openSite();
  const token = await site.signIn("player");
  const response = await site.bet({ token });
  assertEquals(response.status, 201);
  const { bet, account } = await response.json();
  assertEquals(account.availableMinor, DEFAULT_POLICY.demoGrantMinor - 100);
  assertEquals(bet, {
    id: bet.id,
    requestId: "key-1",
    accountId: account.id,
    status: "open",
    legs: [{
      marketId: "match",
      selectionId: "home",
      price: { num: 5, den: 2 },
      marketVersion: 1,
    }],
    stakeMinor: 100,
    currency: "GBP",
    potentialReturnsMinor: 250,
    placedAt: "2026-01-01T12:00:00.000Z",
  });
  assertEquals(response.headers.get("location"), `/api/bets/${bet.id}`);
  assertEquals((await read(site, `/api/bets/${bet.id}`, token)).body, bet);
  assertEquals((await read(site, "/api/account", token)).body, account);
});

Deno.test("POST /api/bets answers a repeated request with the same bytes, accepted or refused", async () => {
  const site = openSite();
  const token = await site.signIn("player");
  for (
    const [key, stakeMinor] of [["accepted", 100], ["refused", 0], ["too much", 200_000]] as const
  ) {
    const body = { ...BET, stakeMinor };
    const first = await site.bet({ token, key, body });
    assertEquals(first.headers.has("idempotency-replayed"), false);
    const text = await first.text();
    // Spelled in another order, and after the market has moved on.
    site.change({ status: "suspended" });
    const again = await site.bet({ token, key, body: { stakeMinor, legs: BET.legs } });
    site.change({});
    assertEquals(again.status, first.status, key);
    assertEquals(await again.text(), text, key);
    assertEquals(again.headers.get("idempotency-replayed"), "true");
    assertNotEquals(again.headers.get("x-request-id"), first.headers.get("x-request-id"));
  }
  const { body } = await read(site, "/api/account", token);
  assertEquals(body.availableMinor, DEFAULT_POLICY.demoGrantMinor - 100);
});

Deno.test("POST /api/bets answers another body under a used key with idempotency-mismatch", async () => {
  const site = openSite();
  const token = await site.signIn("player");
  await site.bet({ token });
  const response = await site.bet({ token, body: { ...BET, stakeMinor: 101 } });
  assertEquals(response.status, 422);
  assertMatch((await response.json()).type, /:idempotency-mismatch$/);
});

Deno.test("POST /api/bets keeps the keys of two accounts apart", async () => {
  const site = openSite();
  const [alice, bob] = [await site.signIn("player"), await site.signIn("player")];
  assertEquals((await site.bet({ token: alice })).status, 201);
  const response = await site.bet({ token: bob, body: { ...BET, stakeMinor: 101 } });
  assertEquals(response.status, 201);
});

Deno.test("POST /api/bets answers contended when nothing happened, and says when to ask again", async () => {
  const site = openSite();
  const token = await site.signIn("player");
  site.database.fates.push(...Array(DEFAULT_POLICY.commitAttempts).fill("answerBusy"));
  const response = await site.bet({ token });
  assertEquals(response.status, 503);
  assertEquals(response.headers.get("retry-after"), "1");
  const { type, detail } = await response.json();
  assertMatch(type, /:contended$/);
  assertMatch(detail, /Nothing was charged/);
});

Deno.test("POST /api/bets never calls an unknown outcome refused, and the same key tells", async () => {
  const site = openSite();
  const token = await site.signIn("player");
  const view = site.ledger.view.bind(site.ledger);
  // The commit is stored, its answer is lost, and the store cannot be read just then.
  site.database.fates.push("failCommitButPersist");
  let reads = 0;
  site.ledger.view = (queries) => ++reads > 1 ? Promise.reject(new Error("lost")) : view(queries);
  const response = await site.bet({ token });
  assertEquals(response.status, 503);
  const { type, detail } = await response.json();
  assertMatch(type, /:outcome-unknown$/);
  assert(!/refused|Nothing was charged/.test(detail), detail);
  assertMatch(response.headers.get("retry-after") ?? "", /^\d+$/);

  site.ledger.view = view;
  const again = await site.bet({ token });
  assertEquals(again.status, 201);
  assertEquals(again.headers.get("idempotency-replayed"), "true");
});

Deno.test("POST /api/bets offers the current price when it moved", async () => {
  const site = openSite();
  const token = await site.signIn("player");
  site.change({
    selections: [{ ...HOME, price: { num: 9, den: 4 } }],
  });
  const response = await site.bet({ token });
  assertEquals(response.status, 409);
  const document = await response.json();
  assertMatch(document.type, /:price-changed$/);
  assertEquals(document.quotedPrice, { num: 5, den: 2 });
  assertEquals(document.currentPrice, { num: 9, den: 4 });
  assertEquals(document.currentPriceDisplay.decimal, "2.25");
  const any = await site.bet({ token, key: "key-2", body: { ...BET, priceChange: "any" } });
  assertEquals((await any.json()).bet.legs[0].price, { num: 9, den: 4 });
});

Deno.test("POST /api/bets says whether a market is suspended or closed", async () => {
  const site = openSite();
  const token = await site.signIn("player");
  for (const status of ["suspended", "closed"] as const) {
    site.change({ status });
    const response = await site.bet({ token, key: status });
    assertEquals(response.status, 409);
    assertMatch((await response.json()).type, new RegExp(`:market-${status}$`));
  }
});

Deno.test("GET /api/bets pages through the bets, newest first, without gaps", async () => {
  const site = openSite();
  const token = await site.signIn("player");
  for (let number = 1; number <= 5; number++) {
    await site.bet({ token, key: `key-${number}` });
    await site.bet({ token, key: `refused-${number}`, body: { ...BET, stakeMinor: 0 } });
  }
  const seen: string[] = [];
  let path: string | null = "/api/bets?limit=2&status=open";
  for (let pages = 0; path !== null && pages < 5; pages++) {
    const { body }: { body: { bets: { requestId: string }[]; nextCursor: string | null } } =
      await read(site, path, token);
    seen.push(...body.bets.map((bet) => bet.requestId));
    path = body.nextCursor && `/api/bets?limit=2&status=open&cursor=${body.nextCursor}`;
  }
  assertEquals(seen, ["key-5", "key-4", "key-3", "key-2", "key-1"]);
  const settled = await read(site, "/api/bets?status=settled", token);
  assertEquals(settled.body, { bets: [], nextCursor: null });
});

Deno.test("GET /api/bets refuses a query it does not understand, at its parameter", async () => {
  const site = openSite();
  const token = await site.signIn("player");
  const queries = [
    ["limit=0", "/limit"],
    ["limit=101", "/limit"],
    ["limit=ten", "/limit"],
    ["status=lost", "/status"],
    ["cursor=7", "/cursor"],
    ["limit=1&limit=2", "/limit"],
    ["page=2", "/page"],
  ];
  for (const [query, pointer] of queries) {
    const { status, body } = await read(site, `/api/bets?${query}`, token);
    assertEquals(status, 400, query);
    assertEquals(body.errors[0].pointer, pointer, query);
  }
});

Deno.test("GET /api/bets/:id answers another's bet as if there were none", async () => {
  const site = openSite();
  const [alice, bob] = [await site.signIn("player"), await site.signIn("player")];
  const { bet } = await (await site.bet({ token: alice })).json();
  const unknown = await read(site, "/api/bets/bet_none", bob);
  const anothers = await read(site, `/api/bets/${bet.id}`, bob);
  assertEquals(anothers.status, 404);
  assertEquals(anothers.body, { ...unknown.body, instance: anothers.body.instance });
});

Deno.test("GET /api/requests/:requestId tells what became of a request, to its owner alone", async () => {
  const site = openSite();
  const [alice, bob] = [await site.signIn("player"), await site.signIn("player")];
  const placed = await (await site.bet({ token: alice, key: "a/b ?%2F" })).json();
  const refusal =
    await (await site.bet({ token: alice, key: "no", body: { ...BET, stakeMinor: 0 } }))
      .json();
  const path = `/api/requests/${encodeURIComponent("a/b ?%2F")}`;
  assertEquals((await read(site, path, alice)).body, {
    requestId: "a/b ?%2F",
    status: "accepted",
    bet: placed.bet,
    decidedAt: "2026-01-01T12:00:00.000Z",
    now: "2026-01-01T12:00:00.000Z",
  });
  assertEquals((await read(site, "/api/requests/no", alice)).body, {
    requestId: "no",
    status: "refused",
    problem: refusal,
    decidedAt: "2026-01-01T12:00:00.000Z",
    now: "2026-01-01T12:00:00.000Z",
  });
  assertEquals((await read(site, path, bob)).status, 404);
  assertEquals((await read(site, "/api/requests/never", alice)).status, 404);
});

Deno.test("200 requests at once for all the money of one account place exactly one bet", async () => {
  const site = openSite();
  const token = await site.signIn("player");
  const body = { ...BET, stakeMinor: DEFAULT_POLICY.demoGrantMinor };
  const slugs = await Promise.all(Array.from({ length: 200 }, async (_, index) => {
    const response = await site.bet({ token, key: `key-${index}`, body });
    return `${response.status} ${(await response.json()).type ?? "bet"}`;
  }));
  const counts = Object.fromEntries(
    Map.groupBy(slugs, (slug) => slug).entries().map(([slug, all]) => [slug, all.length]),
  );
  assertEquals(counts, { "201 bet": 1, "409 urn:holdfast:problem:insufficient-funds": 199 });
  assertEquals((await read(site, "/api/account", token)).body.availableMinor, 0);
  assertEquals((await read(site, "/api/bets", token)).body.bets.length, 1);
});

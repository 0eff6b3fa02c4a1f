import { assert, assertEquals, assertMatch } from "@std/assert";
import { DEFAULT_POLICY } from "../../lib/app/policy.ts";
import { bearer, openSite, type Site } from "./site.ts";

const MARKET = "/api/trading/markets/match";

async function openDesk() {
  const site = openSite();
  const trader = await site.signIn("trader");
  let keys = 0;
  const ask = (what: string, body?: unknown, asked: { key?: string; token?: string } = {}) =>
    site.post(`${MARKET}/${what}`, { token: trader, key: `key-${++keys}`, body, ...asked });
  return { site, trader, ask };
}

/** What makes two answers the same, and whether it says that it is a repetition. */
async function told(response: Response) {
  return {
    status: response.status,
    text: await response.text(),
    replayed: response.headers.get("idempotency-replayed"),
  };
}

async function slugOf(response: Response): Promise<string> {
  const { type = "" } = await response.json();
  return `${response.status} ${type.replace("urn:holdfast:problem:", "")}`;
}

/** The records of the market, as an auditor reads them. */
async function records(site: Site, token?: string) {
  await site.drain();
  const headers = bearer(token ?? await site.signIn("auditor"));
  const response = await site.fetch("/api/audit/records?marketId=match", { headers });
  return (await response.json()).records;
}

Deno.test("POST …/suspend and …/resume stop bets and let them in again, with or without a body", async () => {
  const { site, ask } = await openDesk();
  const player = await site.signIn("player");
  for (const body of [undefined, {}, { reason: "a goal" }]) {
    const { market: suspended } = await (await ask("suspend", body)).json();
    assertEquals(suspended.status, "suspended");
    const bet = await site.bet({ token: player, key: `${suspended.version}` });
    assertEquals(await slugOf(bet), "409 market-suspended");
    const { market: resumed } = await (await ask("resume", body)).json();
    assertEquals([resumed.status, resumed.version], ["open", suspended.version + 1]);
  }
  assertEquals((await site.bet({ token: player, key: "open" })).status, 201);
});

Deno.test("POST …/prices sets the prices it names, in any spelling, for the bets that follow", async () => {
  const { site, ask } = await openDesk();
  const player = await site.signIn("player");
  const prices = [
    { selectionId: "away", price: "6/4" },
    { selectionId: "home", price: { num: 9, den: 4 } },
  ];
  const { market } = await (await ask("prices", { prices, reason: "money came in" })).json();
  assertEquals(market.version, 2);
  assertEquals(
    market.selections.map((one: { id: string; price: unknown }) => [one.id, one.price]),
    [["home", { num: 9, den: 4 }], ["away", { num: 5, den: 2 }]],
  );
  const bet = await (await site.bet({ token: player })).json();
  assertMatch(bet.type, /:price-changed$/);
  assertEquals(bet.currentPrice, { num: 9, den: 4 });
});

Deno.test("a change is told the same bytes up to 24 hours after, and then how the market is", async () => {
  const { site, ask } = await openDesk();
  const limits = { limits: [{ selectionId: "home", liabilityCapMinor: 5 }] };
  const prices = { prices: [{ selectionId: "home", price: "2.00" }] };
  const asks = [
    () => ask("suspend", { reason: "a goal" }, { key: "1" }),
    () => ask("suspend", {}, { key: "2" }),
    () => ask("limits", limits, { key: "3" }),
    () => ask("prices", prices, { key: "4" }),
    () => ask("resume", undefined, { key: "5" }),
    () => ask("prices", { prices: [{ selectionId: "x", price: "2.00" }] }, { key: "6" }),
  ];
  const first = await Array.fromAsync(asks, async (one) => await told(await one()));
  assertEquals(first.map(({ status }) => status), [200, 200, 200, 200, 200, 404]);
  assertEquals(first.map(({ replayed }) => replayed), Array(6).fill(null));
  const versions = first.slice(0, 5).map(({ text }) => JSON.parse(text).market.version);
  assertEquals(versions, [2, 2, 3, 4, 5], "what was so already changed nothing");
  site.pass(DEFAULT_POLICY.replayMs - 1);
  for (const [index, one] of asks.entries()) {
    assertEquals(await told(await one()), { ...first[index]!, replayed: "true" });
  }
  site.pass(1);
  const late = await told(await asks[0]!());
  assertEquals([late.status, late.replayed], [200, "true"]);
  assertEquals(JSON.parse(late.text).market, JSON.parse(first[4]!.text).market);
  assertEquals((await records(site)).length, 7);
});

Deno.test("a key that was used for another change of the market is refused, and does nothing", async () => {
  const { site, ask } = await openDesk();
  await ask("suspend", { reason: "a goal" }, { key: "same" });
  for (
    const [what, body] of [["resume", {}], ["suspend", {}], ["suspend", { reason: "x" }]] as const
  ) {
    assertEquals(await slugOf(await ask(what, body, { key: "same" })), "422 idempotency-mismatch");
  }
  assertEquals((await site.services.market("match"))?.version, 2);
  assertEquals((await records(site)).length, 2);
});

Deno.test("a closed market refuses every change", async () => {
  const { site, ask } = await openDesk();
  site.change({ status: "closed" });
  for (
    const [what, body] of [
      ["suspend", {}],
      ["resume", {}],
      ["limits", { limits: [{ selectionId: "home", liabilityCapMinor: 5 }] }],
      ["prices", { prices: [{ selectionId: "nobody", price: "2.00" }] }],
    ] as const
  ) {
    const first = await told(await ask(what, body, { key: what }));
    assertMatch(first.text, /:market-closed".*Nothing was changed/);
    assertEquals(await told(await ask(what, body, { key: what })), { ...first, replayed: "true" });
  }
  assertEquals((await site.services.market("match"))?.version, 2);
});

Deno.test("every change of a market is in the log, once and in order, with its trader and reason", async () => {
  const { site, ask } = await openDesk();
  await ask("suspend", { reason: "a goal" }, { key: "1" });
  await ask("suspend", {}, { key: "2" });
  await ask("limits", { limits: [{ selectionId: "home", liabilityCapMinor: 5 }] }, { key: "3" });
  await ask("prices", { prices: [{ selectionId: "x", price: "2.00" }] }, { key: "4" });
  const found = await records(site);
  type Found = { type: string; marketSeq: number; requestId: string };
  assertEquals(
    found.map(({ type, marketSeq, requestId }: Found) => [type, marketSeq, requestId]),
    [
      ["market.opened", 1, null],
      ["market.suspended", 2, "1"],
      ["market.unchanged", 3, "2"],
      ["market.limits_set", 4, "3"],
      ["market.refused", 5, "4"],
    ],
  );
  const { actor, data, accountId, accountSeq, marketId, id } = found[1];
  assertMatch(actor, /^trader:staff_[0-9a-z]{16}$/);
  assertEquals([accountId, accountSeq, marketId, id], [null, null, "match", "rec_market:match_2"]);
  assertEquals(data, {
    reason: "a goal",
    postings: [],
    market: { status: "suspended", version: 2 },
  });
  assertEquals(new Set(found.slice(1).map((record: { actor: string }) => record.actor)).size, 1);
});

Deno.test("the records of a market are for auditors and traders, and of one market or one account", async () => {
  const { site, trader } = await openDesk();
  const [player, auditor] = [await site.signIn("player"), await site.signIn("auditor")];
  const read = (query: string, token?: string) =>
    site.fetch(`/api/audit/records${query}`, token ? { headers: bearer(token) } : {});
  assertEquals((await records(site, trader)).length, 1);
  assertEquals(await slugOf(await read("?marketId=match", player)), "403 forbidden");
  assertEquals(await slugOf(await read("?marketId=match")), "401 unauthenticated");
  assertEquals(await slugOf(await read("", trader)), "403 forbidden");
  assertEquals(await slugOf(await read("?accountId=acc_x", trader)), "403 forbidden");
  const both = await read("?marketId=match&accountId=acc_x", auditor);
  assertEquals(await slugOf(both), "400 invalid-request");
  assertEquals((await (await read("?marketId=nope", auditor)).json()).records, []);
  // A market cannot be named such that its records pass for an account's.
  assertEquals((await (await read("?accountId=market:match", auditor)).json()).records.length, 0);
});

const aPrice = (price: unknown, selectionId = "home") => ({ prices: [{ selectionId, price }] });

for (
  const [what, body, expected] of [
    ["suspend", { reason: "" }, "400 invalid-request"],
    ["suspend", { reason: "x".repeat(501) }, "400 invalid-request"],
    ["suspend", { reason: "two\nlines" }, "400 invalid-request"],
    ["resume", { reason: 7 }, "400 invalid-request"],
    ["resume", { why: "x" }, "400 invalid-request"],
    ["resume", [], "400 invalid-request"],
    ["limits", undefined, "400 invalid-request"],
    ["prices", undefined, "400 invalid-request"],
    ["prices", { prices: [] }, "400 invalid-request"],
    ["prices", aPrice("1.00"), "400 invalid-request"],
    ["prices", aPrice("10001"), "400 invalid-request"],
    ["prices", aPrice({ num: 1, den: 1 }), "400 invalid-request"],
    ["prices", aPrice(2.5), "400 invalid-request"],
    ["prices", { prices: [...aPrice("2").prices, ...aPrice("3").prices] }, "400 invalid-request"],
    ["prices", aPrice("2.00", "nobody"), "404 not-found"],
  ] as const
) {
  Deno.test(`POST …/${what} answers ${JSON.stringify(body)?.slice(0, 60)} with ${expected} and changes nothing`, async () => {
    const { site, ask } = await openDesk();
    const before = await site.services.market("match");
    const response = await ask(what, body);
    if (expected === "404 not-found") {
      const { errors } = await response.clone().json();
      assertEquals(errors[0].pointer, "/prices/0/selectionId");
    }
    assertEquals(await slugOf(response), expected);
    assertEquals(await site.services.market("match"), before);
  });
}

Deno.test("a request that names as many selections as it may is recorded, refused or not", async () => {
  const { site, ask } = await openDesk();
  const named = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      selectionId: `${index} `.padEnd(128, '"'),
      liabilityCapMinor: 1_000_000_000_000,
    }));
  assertEquals(await slugOf(await ask("limits", { limits: named(101) })), "400 invalid-request");
  const reason = "é".repeat(500);
  assertEquals(await slugOf(await ask("limits", { limits: named(100), reason })), "404 not-found");
  const [, refused] = await records(site);
  assert(refused.entry.length < 60_000, `${refused.entry.length}`);
});

Deno.test("changes are for traders, in the order of who, key, body and market", async () => {
  const { site, trader, ask } = await openDesk();
  for (const what of ["suspend", "resume", "limits", "prices"]) {
    for (const role of ["player", "auditor"] as const) {
      const token = await site.signIn(role);
      assertEquals(await slugOf(await ask(what, "{", { token })), "403 forbidden");
    }
    const nobody = await site.fetch(`${MARKET}/${what}`, { method: "POST" });
    assertEquals(await slugOf(nobody), "401 unauthenticated");
    const keyless = await site.post(`${MARKET}/${what}`, { token: trader, key: null, body: "{" });
    assertEquals(await slugOf(keyless), "400 idempotency-key-required");
    const elsewhere = `/api/trading/markets/nope/${what}`;
    const bad = await site.post(elsewhere, { token: trader, body: "{" });
    assertEquals(await slugOf(bad), "400 invalid-request");
  }
  const unknown = await site.post("/api/trading/markets/nope/suspend", { token: trader });
  assertEquals(await slugOf(unknown), "404 not-found");
});

Deno.test("a trader who changes roles and comes back is the same one to the log", async () => {
  const { site } = await openDesk();
  const start = (keep: { accountId: string | null; staffId: string | null } | null) =>
    site.services.startDemoSession({ role: "trader", name: null, keep });
  const first = (await start(null))?.session;
  assert(first?.staffId);
  const away = await site.services.startDemoSession({ role: "player", name: null, keep: first });
  assert(away);
  assertEquals((await start(away.session))?.session.staffId, first.staffId);
  assert((await start(null))?.session.staffId !== first.staffId);
});

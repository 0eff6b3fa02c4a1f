import { assert, assertEquals, assertMatch } from "@std/assert";
import { DEFAULT_POLICY } from "../../lib/app/policy.ts";
import { bearer, BET, HOME, openSite, type Site } from "./site.ts";

const MARKET = "/api/trading/markets/match";

async function slugOf(response: Response): Promise<string> {
  return `${response.status} ${(await response.json()).type?.replace("urn:holdfast:problem:", "")}`;
}

async function openDesk() {
  const site = openSite();
  const trader = await site.signIn("trader");
  const token = await site.signIn("player");
  let keys = 0;
  const limits = (body: unknown, asked: { key?: string | null; token?: string } = {}) =>
    site.post(`${MARKET}/limits`, { token: trader, body, key: `limits-${++keys}`, ...asked });
  return {
    site,
    trader,
    token,
    limits,
    cap: async (liabilityCapMinor: number, selectionId = HOME.id) =>
      assertEquals((await limits({ limits: [{ selectionId, liabilityCapMinor }] })).status, 200),
    exposure: async () =>
      (await (await site.fetch(MARKET, { headers: bearer(trader) })).json()).exposure,
  };
}

Deno.test("POST …/limits sets the caps it names, one version on, and GET shows them", async () => {
  const { site, trader, limits } = await openDesk();
  const response = await limits({ limits: [{ selectionId: "home", liabilityCapMinor: 500 }] });
  assertEquals(response.status, 200);
  const { market } = await response.json();
  assertEquals([market.id, market.version], ["match", 2]);
  const caps = market.selections.map((
    selection: { id: string; liabilityCapMinor: number },
  ) => [selection.id, selection.liabilityCapMinor]);
  assertEquals(caps, [["home", 500], ["away", 100_000_000]]);
  const seen = await (await site.fetch(MARKET, { headers: bearer(trader) })).json();
  assertEquals(seen.market, market);
  assertEquals(seen.exposure, [
    { selectionId: "home", liabilityMinor: 0, liabilityCapMinor: 500 },
    { selectionId: "away", liabilityMinor: 0, liabilityCapMinor: 100_000_000 },
  ]);
});

Deno.test("the exposure counts bets and holds, and forgets what was given up or ran out", async () => {
  const { site, token, exposure } = await openDesk();
  await site.bet({ token });
  const ask = async (key: string) =>
    (await (await site.post("/api/holds", { token, key, body: BET })).json()).hold;
  const first = await ask("h1");
  assertEquals((await exposure())[0].liabilityMinor, 300);
  await site.post(`/api/holds/${first.id}/void`, { token, key: "v" });
  assertEquals((await exposure())[0].liabilityMinor, 150);
  await ask("h2");
  site.pass(DEFAULT_POLICY.holdMs);
  await site.services.sweepHolds();
  assertEquals((await exposure())[0].liabilityMinor, 150);
});

Deno.test("a stake above the cap is refused with the largest that is taken, exactly", async () => {
  for (const path of ["/api/bets", "/api/holds"]) {
    const { site, token, cap, exposure } = await openDesk();
    await cap(1_000);
    const ask = (key: string, stakeMinor: number) =>
      site.post(path, { token, key, body: { ...BET, stakeMinor } });
    const refused = await ask("much", 2_000);
    assertEquals(refused.status, 409);
    const { type, maxStakeMinor, detail } = await refused.json();
    assertMatch(type, /:liability-cap$/);
    // ⌊s × 5/2⌋ − s ≤ 1,000 for every s up to 667.
    assertEquals(maxStakeMinor, 667);
    assertMatch(detail, /£6\.67.*Nothing was charged/);
    assertEquals(await slugOf(await ask("one more", maxStakeMinor + 1)), "409 liability-cap");
    assertEquals((await ask("most", maxStakeMinor)).status, 201);
    assertEquals((await exposure())[0].liabilityMinor, 1_000);
    if (path === "/api/bets") {
      const none = await (await ask("rest", 1)).json();
      // A stake of 1 returns 2 after rounding down: a profit of 1, and there is no room.
      assertEquals(none.maxStakeMinor, 0);
    }
  }
});

Deno.test("what a hold gives back can be staked by another", async () => {
  const { site, token, cap } = await openDesk();
  const bob = await site.signIn("player");
  await cap(150);
  const { hold } = await (await site.post("/api/holds", { token, body: BET })).json();
  assertEquals(await slugOf(await site.bet({ token: bob, key: "1" })), "409 liability-cap");
  await site.post(`/api/holds/${hold.id}/void`, { token, key: "v" });
  assertEquals((await site.bet({ token: bob, key: "2" })).status, 201);
});

Deno.test("a cap below what is at stake takes no more, and touches nothing that was taken", async () => {
  const { site, token, cap, exposure } = await openDesk();
  await site.bet({ token });
  await cap(10);
  assertEquals((await exposure())[0], {
    selectionId: "home",
    liabilityMinor: 150,
    liabilityCapMinor: 10,
  });
  const refused = await (await site.bet({ token, key: "2" })).json();
  assertEquals(refused.maxStakeMinor, 0);
  const { hold } = await (await site.post("/api/holds", {
    token,
    key: "3",
    body: { legs: [{ ...BET.legs[0], selectionId: "away", price: "10/11" }], stakeMinor: 100 },
  })).json();
  await cap(0, "away");
  const confirmed = await site.post(`/api/holds/${hold.id}/confirm`, { token, key: "4" });
  assertEquals(confirmed.status, 200, "a hold keeps the liability it reserved");
});

Deno.test("bets at once on one selection never go over its cap", async () => {
  const { site, cap, exposure } = await openDesk();
  await cap(1_000);
  const tokens = await Promise.all(Array.from({ length: 20 }, () => site.signIn("player")));
  const answers = await Promise.all(tokens.map((token) => site.bet({ token })));
  assertEquals(answers.filter(({ status }) => status === 201).length, 6);
  const liability = (await exposure())[0].liabilityMinor;
  assert(liability <= 1_000, `${liability}`);
});

for (
  const [what, body, expected] of [
    ["no limits", { limits: [] }, "400 invalid-request"],
    ["not a list", { limits: {} }, "400 invalid-request"],
    ["more members", { limits: [aLimit()], note: "x" }, "400 invalid-request"],
    ["more members of a limit", { limits: [{ ...aLimit(), x: 1 }] }, "400 invalid-request"],
    ["a negative cap", { limits: [aLimit(-1)] }, "400 invalid-request"],
    ["a fractional cap", { limits: [aLimit(0.5)] }, "400 invalid-request"],
    ["a cap that is no amount", { limits: [aLimit(1_000_000_000_001)] }, "400 invalid-request"],
    ["a cap as text", { limits: [{ ...aLimit(), liabilityCapMinor: "5" }] }, "400 invalid-request"],
    ["a selection twice", { limits: [aLimit(1), aLimit(2)] }, "400 invalid-request"],
    ["an unknown selection", { limits: [aLimit(), aLimit(1, "x")] }, "404 not-found"],
    ["not JSON", "{", "400 invalid-request"],
  ] as const
) {
  Deno.test(`POST …/limits answers ${what} with ${expected} and changes nothing`, async () => {
    const { site, limits } = await openDesk();
    const before = await site.services.market("match");
    assertEquals(await slugOf(await limits(body)), expected);
    assertEquals(await site.services.market("match"), before);
  });
}

Deno.test("the desk is for traders, needs a key to change, and knows its own markets only", async () => {
  const { site, trader, token, limits } = await openDesk();
  const body = { limits: [aLimit()] };
  for (const other of [token, await site.signIn("auditor")]) {
    assertEquals(await slugOf(await limits(body, { token: other })), "403 forbidden");
    const read = await site.fetch(MARKET, { headers: bearer(other) });
    assertEquals(await slugOf(read), "403 forbidden");
  }
  assertEquals(await slugOf(await site.fetch(MARKET)), "401 unauthenticated");
  assertEquals(await slugOf(await limits(body, { key: null })), "400 idempotency-key-required");
  for (const id of ["nope", "m".repeat(4_000), "%E0%A4%A"]) {
    const path = `/api/trading/markets/${id}`;
    const read = await site.fetch(path, { headers: bearer(trader) });
    assertEquals(await slugOf(read), "404 not-found");
    const written = await site.post(`${path}/limits`, { token: trader, body });
    assertEquals(await slugOf(written), "404 not-found");
  }
});

Deno.test("POST …/limits tells contended from an outcome that nobody knows", async () => {
  const { site, limits } = await openDesk();
  const ask = () => limits({ limits: [aLimit(1)] }, { key: "same" });
  const attempts = DEFAULT_POLICY.commitAttempts;
  site.database.fates.push(...Array(attempts).fill("answerBusy"));
  assertEquals(await slugOf(await ask()), "503 contended");
  site.database.fates.push(...Array(attempts).fill("failCommitAndNotPersist"));
  assertEquals(await slugOf(await ask()), "503 outcome-unknown");
  site.database.fates.push("answerConflict", "failCommitButPersist");
  assertEquals((await ask()).status, 200, "it is looked at again, and found set");
  assertEquals(await versionOf(site), 2);
});

Deno.test("no visitor or player is shown a cap", async () => {
  const { site, token } = await openDesk();
  for (const headers of [{}, bearer(token)]) {
    const text = await (await site.fetch("/api/events", { headers })).text();
    assertEquals(text.includes("liability"), false);
  }
});

function aLimit(liabilityCapMinor = 5, selectionId = "home") {
  return { selectionId, liabilityCapMinor };
}

async function versionOf(site: Site): Promise<number | undefined> {
  return (await site.services.market("match"))?.version;
}

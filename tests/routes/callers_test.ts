import { assert, assertEquals, assertMatch } from "@std/assert";
import { bearer, BET, openSite, ORIGIN, type Site } from "./site.ts";
import { isAccountId } from "../../lib/domain/ids.ts";

const KEY_AND_TYPE = { "idempotency-key": "key-1", "content-type": "application/json" };

async function slugOf(response: Response): Promise<string> {
  return `${response.status} ${(await response.json()).type?.replace("urn:holdfast:problem:", "")}`;
}

function startSession(site: Site, body: unknown, headers: Record<string, string> = {}) {
  return site.fetch("/api/demo/sessions", {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}

function betByCookie(site: Site, token: string, headers: Record<string, string>) {
  return site.fetch("/api/bets", {
    method: "POST",
    headers: { cookie: `__Host-holdfast=${token}`, ...KEY_AND_TYPE, ...headers },
    body: JSON.stringify(BET),
  });
}

Deno.test("POST /api/demo/sessions gives a player an account, a token and a cookie", async () => {
  const site = openSite();
  const response = await startSession(site, { role: "player", name: "Ada" });
  assertEquals(response.status, 201);
  const { token, accountId, role } = await response.json();
  assertEquals(role, "player");
  assertEquals(
    response.headers.getSetCookie(),
    [`__Host-holdfast=${token}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=2592000`],
  );
  const byBearer = await site.fetch("/api/account", { headers: bearer(token) });
  const account = await byBearer.json();
  assertEquals(account.id, accountId);
  assertEquals(account.balanceMinor, 100_000);
  assertEquals(account.currency, "GBP");
  const byCookie = await site.fetch("/api/account", {
    headers: { cookie: `__Host-holdfast=${token}` },
  });
  assertEquals(await byCookie.json(), account);
});

Deno.test("POST /api/demo/sessions gives a new player to a program that has one", async () => {
  const site = openSite();
  const first = await (await startSession(site, { role: "player" })).json();
  const second = await (await startSession(site, { role: "player" }, bearer(first.token))).json();
  assert(first.accountId !== second.accountId);
});

Deno.test("POST /api/demo/sessions gives traders and auditors no account", async () => {
  const site = openSite();
  for (const role of ["trader", "auditor"]) {
    const started = await (await startSession(site, { role })).json();
    assertEquals(Object.keys(started), ["token", "role"]);
    const response = await site.fetch("/api/account", { headers: bearer(started.token) });
    assertEquals(await slugOf(response), "403 forbidden");
  }
});

Deno.test("POST /api/demo/sessions refuses roles and members it does not know", async () => {
  const site = openSite();
  for (
    const body of [{}, { role: "admin" }, { role: "player", x: 1 }, { role: "player", name: "" }]
  ) {
    assertEquals(await slugOf(await startSession(site, body)), "400 invalid-request");
  }
});

Deno.test("POST /api/demo/sessions is not there outside demo mode", async () => {
  const site = openSite({ demo: false });
  const { commits } = site.database;
  assertEquals(await slugOf(await startSession(site, { role: "player" })), "404 not-found");
  assertEquals(site.database.commits, commits);
});

Deno.test("POST /api/demo/sessions signs nobody in for another site's page", async () => {
  const site = openSite();
  for (const headers of [{ "sec-fetch-site": "cross-site" }, { origin: "https://evil.example" }]) {
    const response = await startSession(site, { role: "player" }, headers);
    assertEquals(await slugOf(response), "403 csrf");
    assertEquals(response.headers.getSetCookie(), []);
  }
});

Deno.test("POST /api/bets by cookie needs a word from the browser that it is ours", async () => {
  const site = openSite();
  const token = await site.signIn("player");
  assertEquals(await slugOf(await betByCookie(site, token, {})), "403 csrf");
  assertEquals(
    await slugOf(await betByCookie(site, token, { origin: "https://evil.example" })),
    "403 csrf",
  );
  assertEquals((await site.services.bets(accountOf(site), { before: null, limit: 9 })).items, []);
  assertEquals((await betByCookie(site, token, { origin: ORIGIN })).status, 201);
  const again = await betByCookie(site, token, { "sec-fetch-site": "same-origin" });
  assertEquals(again.status, 201);
});

Deno.test("POST /api/bets is for players", async () => {
  const site = openSite();
  for (const role of ["trader", "auditor"] as const) {
    const token = await site.signIn(role);
    assertEquals(await slugOf(await site.bet({ token })), "403 forbidden");
  }
});

Deno.test("a visitor is asked to sign in, and told how", async () => {
  const site = openSite();
  for (
    const path of [
      "/api/account",
      "/api/bets",
      "/api/bets/bet_x",
      "/api/requests/key-1",
      "/api/audit/records",
      "/api/audit/head",
    ]
  ) {
    const response = await site.fetch(path);
    assertMatch(response.headers.get("www-authenticate") ?? "", /^Bearer/, path);
    assertEquals(await slugOf(response), "401 unauthenticated", path);
  }
  const posted = await site.fetch("/api/bets", {
    method: "POST",
    headers: KEY_AND_TYPE,
    body: JSON.stringify(BET),
  });
  assertEquals(await slugOf(posted), "401 unauthenticated");
});

Deno.test("a token that is not known is refused, even where none is needed", async () => {
  const site = openSite();
  for (const authorization of [`Bearer ${"0".repeat(40)}`, "Bearer x", "Basic YTpi"]) {
    const response = await site.fetch("/api/events", { headers: { authorization } });
    assertEquals(await slugOf(response), "401 unauthenticated", authorization);
  }
});

Deno.test("a cookie that is not known makes a visitor, and a bearer token wins over it", async () => {
  const site = openSite();
  const cookie = `__Host-holdfast=${"0".repeat(40)}`;
  assertEquals((await site.fetch("/api/events", { headers: { cookie } })).status, 200);
  const token = await site.signIn("player");
  const both = await site.fetch("/api/account", { headers: { cookie, ...bearer(token) } });
  assertEquals(both.status, 200);
});

Deno.test("GET /api/audit/records shows auditors all, players their own, and others nothing", async () => {
  const site = openSite();
  const [alice, bob] = [await site.signIn("player"), await site.signIn("player")];
  const [trader, auditor] = [await site.signIn("trader"), await site.signIn("auditor")];
  await site.bet({ token: alice });
  await site.drain();
  const records = async (token: string, query = "") => {
    const response = await site.fetch(`/api/audit/records${query}`, { headers: bearer(token) });
    return { response, body: await response.clone().json() };
  };
  const all = (await records(auditor)).body;
  assertEquals(all.records.map((record: { seq: number }) => record.seq), [1, 2, 3, 4, 5, 6]);
  assertEquals(all.head, { size: 6, hash: all.records[5].hash });

  const own = (await records(alice)).body.records;
  const aliceId = own[0].accountId;
  assertEquals(own.map((record: { type: string }) => record.type), [
    "account.opened",
    "deposit.accepted",
    "bet.placed",
  ]);
  assert(own.every((record: { accountId: string }) => record.accountId === aliceId));
  assertEquals((await records(alice, `?accountId=${aliceId}`)).body.records, own);
  assertEquals((await records(auditor, `?accountId=${aliceId}`)).body.records, own);
  assertEquals(
    await slugOf((await records(bob, `?accountId=${aliceId}`)).response),
    "404 not-found",
  );
  assertEquals(await slugOf((await records(trader)).response), "403 forbidden");
});

Deno.test("GET /api/audit/records pages by seq and shows the very text that is hashed", async () => {
  const site = openSite();
  const [auditor] = [await site.signIn("auditor"), await site.signIn("player")];
  await site.drain();
  const response = await site.fetch("/api/audit/records?after=1&limit=1", {
    headers: bearer(auditor),
  });
  const { records: [record], head } = await response.json();
  assertEquals(record.seq, 2);
  assertEquals(head.size, 3);
  const { hash, previousHash, entry, ...members } = record;
  assertEquals(JSON.parse(entry), members);
  const bytes = new Uint8Array([
    ...Uint8Array.fromHex(previousHash),
    ...new TextEncoder().encode(entry),
  ]);
  assertEquals(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex(), hash);
  for (const query of ["?after=-1", "?limit=0", "?limit=1001", "?from=1"]) {
    const refused = await site.fetch(`/api/audit/records${query}`, { headers: bearer(auditor) });
    assertEquals(await slugOf(refused), "400 invalid-request", query);
  }
});

Deno.test("GET /api/audit/head tells anybody who is signed in where the log ends", async () => {
  const site = openSite();
  const token = await site.signIn("trader");
  const response = await site.fetch("/api/audit/head", { headers: bearer(token) });
  assertEquals(await response.json(), { size: 0, hash: "0".repeat(64) });
});

function accountOf(site: Site): string {
  return [...site.database.chains.keys()].find(isAccountId) ?? "";
}

import { assert, assertEquals, assertMatch } from "@std/assert";
import { DEFAULT_POLICY } from "../../lib/app/policy.ts";
import { bearer, BET, HOME, openSite, type Site } from "./site.ts";

const { holdMs, demoGrantMinor } = DEFAULT_POLICY;

async function read(site: Site, path: string, token: string) {
  const response = await site.fetch(path, { headers: bearer(token) });
  return await response.json();
}

async function slugOf(response: Response): Promise<string> {
  return `${response.status} ${(await response.json()).type?.replace("urn:holdfast:problem:", "")}`;
}

/** A site with a player, and what they can do with holds; each request has a key of its own. */
async function openHolds() {
  const site = openSite();
  const token = await site.signIn("player");
  let keys = 0;
  const key = () => `key-${++keys}`;
  return {
    site,
    token,
    authorise: (asked: { body?: unknown; key?: string; token?: string } = {}) =>
      site.post("/api/holds", { token, key: key(), body: BET, ...asked }),
    confirm: (id: string, asked: { key?: string; token?: string; body?: unknown } = {}) =>
      site.post(`/api/holds/${id}/confirm`, { token, key: key(), ...asked }),
    release: (id: string, asked: { key?: string; token?: string; body?: unknown } = {}) =>
      site.post(`/api/holds/${id}/void`, { token, key: key(), ...asked }),
    account: () => read(site, "/api/account", token),
    exposure: async () => (await site.services.exposures([HOME_REF]))[0],
  };
}

const HOME_REF = { marketId: "match", selectionId: HOME.id };

Deno.test("POST /api/holds sets the stake aside, answers hold and account, and takes no money", async () => {
  const { authorise, account, exposure } = await openHolds();
  const response = await authorise();
  assertEquals(response.status, 201);
  const body = await response.json();
  assertEquals(body.hold, {
    id: body.hold.id,
    requestId: "key-1",
    accountId: body.account.id,
    status: "pending",
    legs: [{ ...HOME_REF, price: { num: 5, den: 2 }, marketVersion: 7 }],
    amountMinor: 100,
    currency: "GBP",
    potentialReturnsMinor: 250,
    authorisedAt: "2026-01-01T12:00:00.000Z",
    expiresAt: "2026-01-01T12:00:30.000Z",
  });
  assertEquals([body.account.balanceMinor, body.account.heldMinor, body.account.availableMinor], [
    demoGrantMinor,
    100,
    demoGrantMinor - 100,
  ]);
  assertEquals(await account(), body.account);
  assertEquals(await exposure(), 150);
});

Deno.test("POST /api/holds/:id/confirm makes the bet at the held price, whatever it is now", async () => {
  const { site, token, authorise, confirm, exposure } = await openHolds();
  const { hold } = await (await authorise()).json();
  site.change({ version: 8, selections: [{ ...HOME, price: { num: 9, den: 4 } }] });
  site.pass(holdMs - 1);
  const response = await confirm(hold.id);
  assertEquals(response.status, 200);
  const { bet, account } = await response.json();
  assertEquals(bet.legs, hold.legs);
  assertEquals([bet.stakeMinor, bet.potentialReturnsMinor], [100, 250]);
  assertEquals([account.balanceMinor, account.heldMinor], [demoGrantMinor - 100, 0]);
  assertEquals(await read(site, `/api/bets/${bet.id}`, token), bet);
  assertEquals(await exposure(), 150, "the hold's liability is now the bet's");
});

Deno.test("POST /api/holds/:id/void gives the stake and the liability back", async () => {
  const { authorise, release, account, exposure } = await openHolds();
  const { hold } = await (await authorise()).json();
  const response = await release(hold.id, { body: {} });
  assertEquals(response.status, 200);
  const body = await response.json();
  assertEquals(body.hold, { ...hold, status: "voided" });
  assertEquals([body.account.balanceMinor, body.account.heldMinor], [demoGrantMinor, 0]);
  assertEquals(await account(), body.account);
  assertEquals(await exposure(), 0);
});

Deno.test("POST /api/holds/:id/confirm is late at exactly expiresAt, swept or not", async () => {
  for (const swept of [false, true]) {
    const { site, token, authorise, confirm, release, account, exposure } = await openHolds();
    const { hold } = await (await authorise()).json();
    site.pass(holdMs);
    assertEquals((await account()).heldMinor, 0, "a dead hold is free before anything swept it");
    if (swept) assertEquals(await site.services.sweepHolds(), 1);
    const response = await confirm(hold.id);
    assertEquals(response.status, 410);
    const { type, expiresAt, detail } = await response.json();
    assertMatch(type, /:hold-expired$/);
    assertEquals(expiresAt, hold.expiresAt);
    assertMatch(detail, /ran out.*Nothing was charged/);
    assertEquals(await slugOf(await release(hold.id)), "410 hold-expired");
    assertEquals((await account()).availableMinor, demoGrantMinor);
    assertEquals(await exposure(), 0);
    assertEquals((await read(site, "/api/bets", token)).bets, []);
  }
});

Deno.test("another's hold is as if it did not exist, and stays as it was", async () => {
  const { site, authorise, confirm, release } = await openHolds();
  const { hold } = await (await authorise()).json();
  const bob = await site.signIn("player");
  const none = "hold_0000000000000000_3";
  const unknown = await (await confirm(none, { token: bob })).text();
  for (const [index, ask] of [confirm, release].entries()) {
    const response = await ask(hold.id, { token: bob, key: `bob-${index}` });
    assertEquals(response.status, 404);
    assertEquals(await response.text(), unknown);
  }
  assertEquals((await confirm(hold.id)).status, 200);
});

Deno.test("what cannot be the id of a hold is not found, and not recorded", async () => {
  const { site, confirm, release } = await openHolds();
  const { commits } = site.database;
  for (
    const id of ["x", "hold_1", "%E0%A4%A", `hold_${"a".repeat(4_000)}_1`, "bet_alice_1", "%00"]
  ) {
    for (const ask of [confirm, release]) {
      assertEquals(await slugOf(await ask(id)), "404 not-found", id);
    }
  }
  assertEquals(site.database.commits, commits);
});

Deno.test("a hold that was confirmed or given up is hold-not-pending ever after", async () => {
  for (const first of ["confirm", "release"] as const) {
    const player = await openHolds();
    const { hold } = await (await player.authorise()).json();
    assertEquals((await player[first](hold.id)).status, 200);
    const after = await player.account();
    for (const again of ["confirm", "release"] as const) {
      const response = await player[again](hold.id);
      assertEquals(response.status, 409);
      const { type, holdStatus } = await response.json();
      assertMatch(type, /:hold-not-pending$/);
      assertEquals(holdStatus, first === "confirm" ? "posted" : "voided");
    }
    assertEquals(await player.account(), after);
  }
});

Deno.test("confirm against void against expiry: exactly one wins, in any order of arrival", async () => {
  for (const order of ["confirm first", "void first"]) {
    for (const late of [false, true]) {
      const { site, token, authorise, confirm, release, account, exposure } = await openHolds();
      const { hold } = await (await authorise()).json();
      if (late) site.pass(holdMs);
      const asks = [() => confirm(hold.id), () => release(hold.id)];
      if (order === "void first") asks.reverse();
      const [answers] = await Promise.all([
        Promise.all(asks.map((ask) => ask())),
        site.services.sweepHolds(),
      ]);
      const done = answers.filter((answer) => answer.status === 200);
      assertEquals(done.length, late ? 0 : 1, order);
      const { bets } = await read(site, "/api/bets", token);
      const { heldMinor, balanceMinor } = await account();
      assertEquals([heldMinor, balanceMinor], [0, demoGrantMinor - 100 * bets.length]);
      assertEquals(await exposure(), 150 * bets.length);
    }
  }
});

Deno.test("POST /api/holds refuses a second hold while one runs, and says until when", async () => {
  const { site, authorise, account } = await openHolds();
  const { hold } = await (await authorise()).json();
  const response = await authorise();
  assertEquals(response.status, 409);
  const { type, holdId, expiresAt } = await response.json();
  assertMatch(type, /:hold-active$/);
  assertEquals([holdId, expiresAt], [hold.id, hold.expiresAt]);
  assertEquals((await account()).heldMinor, 100);
  site.pass(holdMs);
  assertEquals((await authorise()).status, 201, "a dead hold is in nobody's way");
});

Deno.test("holds in a loop leave held and liability at zero", async () => {
  const { site, authorise, release, account, exposure } = await openHolds();
  for (let round = 0; round < 50; round++) {
    const { hold } = await (await authorise()).json();
    if (round % 3 === 0) site.pass(holdMs);
    else await release(hold.id);
  }
  await site.services.sweepHolds();
  const { heldMinor, availableMinor, balanceMinor } = await account();
  assertEquals([heldMinor, availableMinor, balanceMinor], [0, demoGrantMinor, demoGrantMinor]);
  assertEquals(await exposure(), 0);
});

Deno.test("a confirm keeps the hold while betting is suspended, and takes it when it is open again", async () => {
  const { site, authorise, confirm } = await openHolds();
  const { hold } = await (await authorise()).json();
  site.change({ status: "suspended" });
  assertEquals(await slugOf(await confirm(hold.id)), "409 market-suspended");
  site.change({});
  assertEquals((await confirm(hold.id)).status, 200);
});

Deno.test("held money cannot be staked, and a bet that needs it says what is available", async () => {
  const { site, token, authorise } = await openHolds();
  await authorise({ body: { ...BET, stakeMinor: demoGrantMinor - 50 } });
  const response = await site.bet({ token, key: "bet", body: { ...BET, stakeMinor: 51 } });
  assertEquals(response.status, 409);
  assertEquals((await response.json()).availableMinor, 50);
});

for (const body of ["null", "[]", '{"x":1}', "{", '"{}"', " "]) {
  Deno.test(`confirm and void refuse the body ${body}, and nothing is recorded`, async () => {
    const { site, authorise, confirm, release } = await openHolds();
    const { hold } = await (await authorise()).json();
    const { commits } = site.database;
    assertEquals(await slugOf(await confirm(hold.id, { body })), "400 invalid-request");
    assertEquals(await slugOf(await release(hold.id, { body })), "400 invalid-request");
    assertEquals(site.database.commits, commits);
  });
}

Deno.test("confirm takes no form for a body, and needs a key, a player and its own page", async () => {
  const { site, token, authorise } = await openHolds();
  const { hold } = await (await authorise()).json();
  const path = `/api/holds/${hold.id}/confirm`;
  const ask = async (headers: Record<string, string>, body?: string) =>
    await slugOf(await site.fetch(path, { method: "POST", headers, ...(body ? { body } : {}) }));
  const key = { "idempotency-key": "k" };
  const form = { "content-type": "application/x-www-form-urlencoded" };
  assertEquals(
    await ask({ ...bearer(token), ...key, ...form }, "a=b"),
    "415 unsupported-media-type",
  );
  assertEquals(await ask(bearer(token)), "400 idempotency-key-required");
  assertEquals(await ask(key), "401 unauthenticated");
  assertEquals(await ask({ ...bearer(await site.signIn("trader")), ...key }), "403 forbidden");
  assertEquals(await ask({ cookie: `__Host-holdfast=${token}`, ...key }), "403 csrf");
  assertEquals(await ask({ ...bearer(token), ...key, ...form }), "200 undefined");
});

Deno.test("a hold's key is its own: the same again is replayed, anything else is a mismatch", async () => {
  const { site, token, authorise, confirm, release } = await openHolds();
  const first = await authorise({ key: "a" });
  const text = await first.text();
  const again = await authorise({ key: "a" });
  assertEquals([again.status, await again.text()], [201, text]);
  assertEquals(again.headers.get("idempotency-replayed"), "true");
  const { hold } = JSON.parse(text);
  assertEquals(await slugOf(await site.bet({ token, key: "a" })), "422 idempotency-mismatch");
  assertEquals(await slugOf(await confirm(hold.id, { key: "a" })), "422 idempotency-mismatch");

  const confirmed = await (await confirm(hold.id, { key: "c" })).text();
  const repeated = await confirm(hold.id, { key: "c", body: {} });
  assertEquals([repeated.status, await repeated.text()], [200, confirmed]);
  assertEquals(repeated.headers.get("idempotency-replayed"), "true");
  assertEquals(await slugOf(await release(hold.id, { key: "c" })), "422 idempotency-mismatch");
});

Deno.test("GET /api/requests/:id tells of holds as they stand now, and of the server's time", async () => {
  const { site, token, authorise, confirm, release } = await openHolds();
  const first = (await (await authorise({ key: "a" })).json()).hold;
  site.pass(12_000);
  const now = "2026-01-01T12:00:12.000Z";
  const decidedAt = "2026-01-01T12:00:00.000Z";
  assertEquals(await read(site, "/api/requests/a", token), {
    requestId: "a",
    status: "accepted",
    hold: first,
    decidedAt,
    now,
  });
  await release(first.id, { key: "v" });
  const voided = { ...first, status: "voided" };
  assertEquals((await read(site, "/api/requests/a", token)).hold, voided);
  assertEquals((await read(site, "/api/requests/v", token)).hold, voided);

  const second = (await (await authorise({ key: "b" })).json()).hold;
  const { bet } = await (await confirm(second.id, { key: "c" })).json();
  assertEquals((await read(site, "/api/requests/b", token)).hold, { ...second, status: "posted" });
  assertEquals((await read(site, "/api/requests/c", token)).bet, bet);

  await authorise({ key: "d" });
  site.pass(holdMs);
  assertEquals((await read(site, "/api/requests/d", token)).hold.status, "expired");
  const late = await (await confirm(second.id, { key: "e" })).json();
  const { status, problem } = await read(site, "/api/requests/e", token);
  assertEquals([status, problem], ["refused", late]);
});

Deno.test("clocks that jump change nothing that was decided", async () => {
  const { site, token, authorise, confirm, account } = await openHolds();
  const { hold } = await (await authorise()).json();
  site.pass(-3_600_000);
  const { bet } = await (await confirm(hold.id, { key: "c" })).json();
  assertEquals(bet.legs, hold.legs);
  const after = await account();
  const text = await (await confirm(hold.id, { key: "c" })).text();
  for (const jump of [7_200_000, -86_400_000 * 30]) {
    site.pass(jump);
    const again = await confirm(hold.id, { key: "c" });
    assertEquals([again.status, await again.text()], [200, text]);
    assertEquals((await read(site, "/api/bets", token)).bets, [bet]);
    assertEquals(await account(), after);
    await site.services.sweepHolds();
  }
  const refused = await openHolds();
  const { hold: dead } = await (await refused.authorise()).json();
  refused.site.pass(holdMs);
  const first = await (await refused.confirm(dead.id, { key: "late" })).text();
  refused.site.pass(-holdMs);
  assertEquals(await (await refused.confirm(dead.id, { key: "late" })).text(), first);
  const again = await refused.confirm(dead.id);
  assertEquals(await slugOf(again), "410 hold-expired", "an ended hold does not come back to life");
});

Deno.test("a hold's life stands in the log, and not in the statement", async () => {
  const { site, token, authorise, confirm, release } = await openHolds();
  await release((await (await authorise()).json()).hold.id);
  await confirm((await (await authorise()).json()).hold.id);
  await site.drain();
  const { records } = await read(site, "/api/audit/records", token);
  assertEquals(records.map((record: { type: string }) => record.type), [
    "account.opened",
    "deposit.accepted",
    "hold.authorised",
    "hold.voided",
    "hold.authorised",
    "bet.placed",
  ]);
  const [placed] = records.slice(-1);
  assert(placed.data.hold.id.startsWith("hold_"), "the bet's record names the hold it came from");
});

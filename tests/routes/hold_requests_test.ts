import { assert, assertEquals } from "@std/assert";
import { DEFAULT_POLICY } from "../../lib/app/policy.ts";
import { openHolds, read, slugOf } from "./open_holds.ts";
import { bearer } from "./site.ts";

const { holdMs } = DEFAULT_POLICY;

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

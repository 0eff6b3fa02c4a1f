import { assertEquals, assertMatch } from "@std/assert";
import { DEFAULT_POLICY } from "../../lib/app/policy.ts";
import { HOME_REF, openHolds, read, slugOf } from "./open_holds.ts";
import { BET, HOME } from "./site.ts";

const { holdMs, demoGrantMinor } = DEFAULT_POLICY;

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
    legs: [{ ...HOME_REF, price: { num: 5, den: 2 }, marketVersion: 1 }],
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
  site.change({ selections: [{ ...HOME, price: { num: 9, den: 4 } }] });
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

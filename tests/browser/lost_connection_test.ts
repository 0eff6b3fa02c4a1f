import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { BettingPage } from "./betting_page.ts";
import { type Visit, visit } from "./visit.ts";

const PLACING = "**/api/bets";
/** What a browser says about a connection that is gone, and about a request nobody has heard of. */
const LOST = /failed: |net::ERR_|status 404: \/api\/requests\/|status of 404/;

Deno.test("a bet whose answer was lost when the server was killed is found: accepted, once", () =>
  visit(async (visit) => {
    const site = await readyToPlace(visit);
    const answer = await holdTheAnswer(visit);
    await site.place.click();
    await answer.isLost;
    await site.says("Checking whether your bet was placed…");
    await visit.server.start();
    await site.says("Bet accepted");
    await assertOneBet(site);
  }));

Deno.test("a bet whose answer was lost is found by the page that is opened afterwards: accepted, once", () =>
  visit(async (visit) => {
    const site = await readyToPlace(visit);
    const answer = await holdTheAnswer(visit);
    await site.place.click();
    await answer.isLost;
    await site.says("Checking whether your bet was placed…");
    await visit.page.goto("about:blank");
    await visit.server.start();
    await visit.page.goto("/");
    await site.says("Bet accepted");
    await assertOneBet(site);
  }));

Deno.test("a bet that never reached the server is said to be nowhere, and trying again places one", () =>
  visit(async (visit) => {
    const { page } = visit;
    const site = await readyToPlace(visit);
    const keys = keysOf(page);
    await page.route(PLACING, (route) => route.abort("connectionfailed"), { times: 1 });
    await site.place.click();
    await site.says("It never reached us, and nothing was charged.");
    assertEquals([await site.availableMinor(), await site.bets()], [100_000, []]);

    await page.getByRole("button", { name: "Try again", exact: true }).click();
    await site.says("Bet accepted");
    assertEquals([keys.length, new Set(keys).size], [2, 1]);
    await assertOneBet(site);
  }));

Deno.test("an answer that is cut off is no answer: the slip asks, and the bet is there once", () =>
  visit(async (visit) => {
    const { page } = visit;
    const site = await readyToPlace(visit);
    await page.route(PLACING, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).slice(0, 40) });
    }, { times: 1 });
    await site.place.click();
    await site.says("Bet accepted");
    await assertOneBet(site);
  }));

Deno.test("a gateway's error page is no answer: the slip asks, and the bet is there once", () =>
  visit(async (visit) => {
    const { page } = visit;
    visit.expect(/status 502: \/api\/bets|status of 502/);
    const site = await readyToPlace(visit);
    await page.route(PLACING, async (route) => {
      await route.fetch();
      await route.fulfill({ status: 502, contentType: "text/html", body: "<h1>Bad gateway</h1>" });
    }, { times: 1 });
    await site.place.click();
    await site.says("Bet accepted");
    await assertOneBet(site);
  }));

async function readyToPlace({ page, expect }: Visit): Promise<BettingPage> {
  expect(LOST);
  const site = new BettingPage(page);
  await site.open();
  await site.press("Harbour Town 2.50");
  await site.stake.fill("5");
  return site;
}

/**
 * Lets the next bet reach the server, waits for its answer, and so for its commit, then kills the
 * server and drops the connection: the browser sees no answer. `isLost` is done when all that happened.
 */
async function holdTheAnswer({ page, server }: Visit): Promise<{ readonly isLost: Promise<void> }> {
  const { promise: isLost, resolve, reject } = Promise.withResolvers<void>();
  await page.route(PLACING, async (route) => {
    try {
      const response = await route.fetch();
      await server.kill();
      await route.abort("connectionreset");
      assertEquals(response.status(), 201);
      resolve();
    } catch (error) {
      reject(error);
    }
  }, { times: 1 });
  return { isLost };
}

/** The request ids under which bets are asked for from now on. */
function keysOf(page: Page): readonly string[] {
  const keys: string[] = [];
  page.on("request", (request) => {
    const key = request.headers()["idempotency-key"];
    if (key !== undefined) keys.push(key);
  });
  return keys;
}

/** Exactly one bet of £5.00 exists, the page knows it, and so does the page after a reload. */
async function assertOneBet(site: BettingPage): Promise<void> {
  await site.balanceIs("£995.00");
  assertEquals([await site.availableMinor(), (await site.bets()).length], [99_500, 1]);
  await site.page.reload();
  await site.balanceIs("£995.00");
  // Nothing is left to be asked about: the slip is empty and says nothing.
  await site.page.getByText("Choose a price, and it appears here.").waitFor();
  assertEquals(await site.status.innerText(), "");
  assertEquals((await site.bets()).length, 1);
}

import { assertEquals, assertMatch } from "@std/assert";
import type { Page } from "playwright-core";
import { BettingPage } from "./betting_page.ts";
import { eventually } from "./eventually.ts";
import { flawsOf } from "./flaws_of.ts";
import { PRICE_MOVED, withAHold } from "./moved_price.ts";
import { visit } from "./visit.ts";

const CONFIRMING = "**/api/holds/*/confirm";
const TOO_LATE = /status 410: \/api\/holds\/|status of 410/;
const OVER_ALREADY = /status 409: \/api\/holds\/|status of 409/;
const LOST = /failed: |net::ERR_/;

/** A hold lives for thirty seconds; a busy machine may be slow to say that it is over. */
const A_HOLD_MS = 45_000;

Deno.test("a hold runs out before the eyes of one tab, and the other's confirm comes too late: nothing is staked", () =>
  visit(async ({ page, expect }) => {
    expect(PRICE_MOVED);
    expect(TOO_LATE);
    const site = await withAHold(page);
    const onlooker = await anotherTab(page);
    await secondsOf(onlooker.page).waitFor();
    assertEquals([...await flawsOf(page), ...await flawsOf(onlooker.page)], []);

    // Sent in time, the confirm reaches the server when the hold is dead.
    await page.route(CONFIRMING, async (route) => {
      await isFree(site);
      await route.continue();
    }, { times: 1 });
    await page.getByRole("timer").filter({ hasText: /^[1-4] seconds?$/ })
      .waitFor({ timeout: A_HOLD_MS });
    await site.confirm.click();
    await onlooker.says(RAN_OUT);
    await site.says(RAN_OUT);
    for (const { status, page } of [site, onlooker]) {
      assertMatch(await status.innerText(), /Nothing was charged\. Ask again, or leave it\?/);
      assertEquals(await secondsOf(page).count(), 0);
      assertEquals(await flawsOf(page), []);
    }
    for (const tab of [site, onlooker]) await tab.balanceIs("£1,000.00");
    assertEquals([await site.availableMinor(), await site.bets()], [100_000, []]);
  }));

Deno.test("a hold whose confirmation's answer is lost is found to be a bet, once", () =>
  visit(async ({ page, expect }) => {
    expect(PRICE_MOVED);
    expect(LOST);
    const site = await withAHold(page);
    await page.route(CONFIRMING, async (route) => {
      await route.fetch();
      await route.abort("connectionreset");
    }, { times: 1 });
    await site.confirm.click();
    await site.says("Bet accepted");
    await site.balanceIs("£995.00");
    assertEquals([await site.availableMinor(), (await site.bets()).length], [99_500, 1]);
    assertEquals(await page.getByText("Choose a price, and it appears here.").count(), 0);
  }));

Deno.test("a page that is reloaded while a hold's confirmation is on its way finds out what became of it", () =>
  visit(async ({ page, expect }) => {
    expect(PRICE_MOVED);
    expect(LOST);
    const site = await withAHold(page);
    const { promise: isStored, resolve } = Promise.withResolvers<void>();
    await page.route(CONFIRMING, async (route) => {
      await route.fetch();
      resolve();
    }, { times: 1 });
    await site.confirm.click();
    await isStored;
    await page.reload();
    await site.says("Bet accepted");
    assertEquals([await site.availableMinor(), (await site.bets()).length], [99_500, 1]);
  }));

Deno.test("a hold that another tab made a bet is no second one here, and the words say so", () =>
  visit(async ({ page, expect }) => {
    expect(PRICE_MOVED);
    expect(OVER_ALREADY);
    const site = await withAHold(page);
    const other = await anotherTab(page);
    await other.confirm.click();
    await other.says("Bet accepted");
    await site.confirm.click();
    await site.says("It was placed once, and stands among My bets.");
    assertEquals([await site.availableMinor(), (await site.bets()).length], [99_500, 1]);
  }));

Deno.test("a hold that another tab gave up is not confirmed here, and nothing is staked", () =>
  visit(async ({ page, expect }) => {
    expect(PRICE_MOVED);
    expect(OVER_ALREADY);
    const site = await withAHold(page);
    const other = await anotherTab(page);
    await other.page.getByRole("button", { name: "Leave it", exact: true }).click();
    await other.balanceIs("£1,000.00");
    await site.confirm.click();
    await site.says("The hold was given up. Nothing was charged.");
    await site.balanceIs("£1,000.00");
    assertEquals([await site.availableMinor(), await site.bets()], [100_000, []]);
  }));

const RAN_OUT = "The hold ran out before you confirmed.";

/** The same person's second tab, with the stake that is held. */
async function anotherTab(page: Page): Promise<BettingPage> {
  const tab = new BettingPage(await page.context().newPage());
  await tab.page.goto("/");
  await tab.confirm.waitFor();
  return tab;
}

function secondsOf(page: Page) {
  return page.getByRole("timer").filter({ hasText: /^\d+ seconds?$/ });
}

/** Waits until the server says that nothing is held any more. */
async function isFree(site: BettingPage): Promise<void> {
  await eventually(async () => await site.availableMinor() === 100_000 || null, {
    withinMs: A_HOLD_MS,
    what: "the end of the hold",
  });
}

import { assertEquals, assertMatch } from "@std/assert";
import type { Page } from "playwright-core";
import { BettingPage } from "./betting_page.ts";
import { visit } from "./visit.ts";

const REFUSED = /status 409: \/api\/bets|status of 409/;

Deno.test("a price that moved is said with both prices; the new one is held to look over, and confirmed", () =>
  visit(async ({ page, expect }) => {
    expect(REFUSED);
    const site = await withAnOldPrice(page);
    await site.place.click();
    await site.says("The price moved.");
    assertMatch(
      await site.status.innerText(),
      /from 2\.60 to 2\.50 .*Nothing was charged\. Take 2\.50, or leave it\?/,
    );
    await page.getByText("Answer the question above first.").waitFor();
    assertEquals(await site.availableMinor(), 100_000);

    await page.getByRole("button", { name: "Take 2.50", exact: true }).click();
    // Heard, not seen: what is seen is the hold itself, with its seconds.
    await site.status.filter({ hasText: "Held at 2.50 for you." }).waitFor({ state: "attached" });
    await page.getByRole("timer").filter({ hasText: /^\d+ seconds?$/ }).waitFor();
    await site.balanceIs("£995.00");
    assertEquals(await site.bets(), []);

    await page.getByRole("button", { name: "Confirm bet · £5.00", exact: true }).click();
    await site.says("Bet accepted");
    assertMatch(await site.status.innerText(), /at 2\.50 .*to return £12\.50/);
    assertEquals((await site.bets()).length, 1);
    await site.balanceIs("£995.00");
  }));

Deno.test("a held stake is found again after a reload, and given up it is free again", () =>
  visit(async ({ page, expect }) => {
    expect(REFUSED);
    const site = await withAnOldPrice(page);
    await site.place.click();
    await page.getByRole("button", { name: "Take 2.50", exact: true }).click();
    await site.balanceIs("£995.00");
    await page.reload();
    await page.getByRole("button", { name: "Confirm bet · £5.00", exact: true }).waitFor();
    await site.balanceIs("£995.00");

    await page.getByRole("button", { name: "Leave it", exact: true }).click();
    await site.balanceIs("£1,000.00");
    await page.getByText("Choose a price, and it appears here.").waitFor();
    assertEquals([await site.availableMinor(), await site.bets()], [100_000, []]);
  }));

Deno.test("leaving a price that moved takes the leg off the slip and charges nothing", () =>
  visit(async ({ page, expect }) => {
    expect(REFUSED);
    const site = await withAnOldPrice(page);
    await site.place.click();
    await page.getByRole("button", { name: "Leave it", exact: true }).click();
    await page.getByText("Choose a price, and it appears here.").waitFor();
    assertEquals([await site.availableMinor(), await site.bets()], [100_000, []]);
  }));

Deno.test("who chose to take any price is not asked, and the choice is remembered", () =>
  visit(async ({ page }) => {
    const site = await withAnOldPrice(page);
    await page.getByRole("radio", { name: "Take any price" }).check();
    await site.place.click();
    await site.says("Bet accepted");
    assertMatch(await site.status.innerText(), /at 2\.50 /);
    await page.reload();
    await site.press("Draw 3.40");
    assertEquals(await page.getByRole("radio", { name: "Take any price" }).isChecked(), true);
  }));

Deno.test("who takes only better prices is asked about a worse one", () =>
  visit(async ({ page, expect }) => {
    expect(REFUSED);
    const site = await withAnOldPrice(page);
    await page.getByRole("radio", { name: "Take a better price" }).check();
    await site.place.click();
    await site.says("The price moved.");
    assertEquals(await site.bets(), []);
  }));

/** A slip with £5.00 on Harbour Town at 2.60, as if it had been filled before the price moved to 2.50. */
async function withAnOldPrice(page: Page): Promise<BettingPage> {
  const site = new BettingPage(page);
  await site.open();
  await site.press("Harbour Town 2.50");
  await site.stake.fill("5");
  await page.evaluate(() => {
    const kept = localStorage.getItem("holdfast.slip") ?? "";
    const older = kept.replace('{"num":5,"den":2}', '{"num":13,"den":5}');
    if (older === kept) throw new Error("the price is not where it was");
    localStorage.setItem("holdfast.slip", older);
  });
  await page.reload();
  await page.getByText("£13.00", { exact: true }).waitFor();
  await site.balanceIs("£1,000.00");
  return site;
}

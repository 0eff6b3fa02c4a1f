import { assertEquals, assertMatch } from "@std/assert";
import { PRICE_MOVED, withAnOldPrice } from "./moved_price.ts";
import { visit } from "./visit.ts";

Deno.test("a price that moved is said with both prices; the new one is held to look over, and confirmed", () =>
  visit(async ({ page, expect }) => {
    expect(PRICE_MOVED);
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
    expect(PRICE_MOVED);
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
    expect(PRICE_MOVED);
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
    expect(PRICE_MOVED);
    const site = await withAnOldPrice(page);
    await page.getByRole("radio", { name: "Take a better price" }).check();
    await site.place.click();
    await site.says("The price moved.");
    assertEquals(await site.bets(), []);
  }));

import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Page } from "playwright-core";
import { BettingPage } from "./betting_page.ts";
import { visit } from "./visit.ts";

Deno.test("a person places a bet and finds it again: after a reload, in My bets, and in the audit log", () =>
  visit(async ({ page }) => {
    const site = new BettingPage(page);
    await site.open();
    await page.getByText("Play money. Nothing here is a real bet.").waitFor();

    await site.press("Harbour Town 2.50");
    assertEquals(await site.price("Harbour Town 2.50").getAttribute("aria-pressed"), "true");
    await site.stake.fill("5");
    await page.getByText("£12.50", { exact: true }).waitFor();
    assertEquals(await site.place.textContent(), "Place bet · £5.00");
    await site.place.click();
    await site.says("Bet accepted");
    assertMatch(
      await site.status.innerText(),
      /£5\.00 on Harbour Town at 2\.50 .*to return £12\.50/,
    );
    await site.balanceIs("£995.00");

    await page.reload();
    await site.balanceIs("£995.00");
    await page.getByRole("link", { name: "My bets" }).first().click();
    const card = page.getByRole("listitem").filter({ hasText: "Harbour Town" }).first();
    assertMatch(await card.innerText(), /2\.50[^]*£5\.00[^]*£12\.50/);
    await site.balanceIs("£995.00");

    await card.getByRole("link", { name: "Harbour Town" }).click();
    await page.getByRole("heading", { name: "Receipt" }).waitFor();

    await site.betIsLogged();
    await page.getByRole("link", { name: "Audit log" }).first().click();
    await page.getByRole("row", { name: "Bet placed" }).waitFor();
    await page.getByRole("button", { name: "Verify" }).click();
    // Before the account's three records the log has those of the markets that were opened.
    const verdict = /3 records verified: the chain holds from record \d+ to \d+/;
    await page.getByRole("status").filter({ hasText: verdict }).waitFor();
  }));

Deno.test("a stake above the balance is refused in words, and the balance stays", () =>
  visit(async ({ page, expect }) => {
    expect(/status 409: \/api\/bets|status of 409/);
    const site = new BettingPage(page);
    await site.open();
    await site.press("Draw 3.40");
    await site.stake.fill("1000.01");
    await site.place.click();
    await site.says("Not enough money.");
    assertMatch(
      await site.status.innerText(),
      /You have £1,000\.00 available, and the stake is £1,000\.01\. Nothing was charged\./,
    );
    await site.balanceIs("£1,000.00");
    assertEquals([await site.availableMinor(), await site.bets()], [100_000, []]);

    // The slip is still there to be corrected.
    await site.stake.fill("1000");
    await site.place.click();
    await site.says("Bet accepted");
    await site.balanceIs("£0.00");
  }));

Deno.test("a stake that cannot be read is explained beside the field, and nothing is sent", () =>
  visit(async ({ page }) => {
    const site = new BettingPage(page);
    await site.open();
    await site.press("Draw 3.40");
    await site.stake.fill("five pounds");
    assertEquals(await site.stake.getAttribute("aria-invalid"), "true");
    await page.getByText("Correct the stake first.").waitFor();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    // Forced, because the button says that it is off.
    await site.place.click({ force: true });
    await page.keyboard.press("Enter");
    assertEquals([asked, await site.bets()], [[], []]);
  }));

Deno.test("a double click places one bet", () =>
  visit(async ({ page }) => {
    const site = new BettingPage(page);
    await site.open();
    await site.press("Draw 3.40");
    await site.stake.fill("5");
    await site.place.dblclick();
    await site.says("Bet accepted");
    assertEquals((await site.bets()).length, 1);
    assertEquals(await site.availableMinor(), 99_500);
  }));

Deno.test("a bet can be placed with the keyboard alone", () =>
  visit(async ({ page }) => {
    const site = new BettingPage(page);
    await site.open();
    const { keyboard } = page;
    await tabTo(page, "Harbour Town 2.50");
    await keyboard.press("Enter");
    await tabTo(page, "Stake");
    await keyboard.type("7.50");
    await tabTo(page, "Place bet · £7.50");
    await keyboard.press("Enter");
    await site.says("Bet accepted");
    await site.balanceIs("£992.50");
    // Whoever had the button that is gone is still at the slip, one Tab from the receipt.
    await tabTo(page, "See the receipt", 1);
    await keyboard.press("Enter");
    await page.getByRole("heading", { name: "Receipt" }).waitFor();
  }));

/** Presses Tab until what has the focus is called so; it must be visible and show its focus. */
async function tabTo(page: Page, name: string, atMost = 150): Promise<void> {
  for (let pressed = 1; pressed <= atMost; pressed++) {
    await page.keyboard.press("Tab");
    const focused = page.locator("*:focus");
    if (await focused.count() === 0) continue;
    if (!isNamed(await focused.ariaSnapshot(), name)) continue;
    const outline = await focused.evaluate((element) => {
      const box = element.closest(".stake-box") ?? element;
      return [element, box].map((shown) => getComputedStyle(shown).outlineStyle);
    });
    assertEquals(await focused.isVisible(), true);
    assert(outline.some((style) => style !== "none"), `${name} does not show its focus`);
    return;
  }
  throw new Error(`${atMost} times Tab did not reach ${name}`);
}

/** Whether the element that a snapshot begins with has this name: `- button "Stake"`. */
function isNamed(snapshot: string, name: string): boolean {
  return /^- \w+ "([^"]*)"/.exec(snapshot)?.[1] === name;
}

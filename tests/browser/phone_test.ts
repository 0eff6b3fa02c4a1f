import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { BettingPage } from "./betting_page.ts";
import { PHONE, visit } from "./visit.ts";

const OPTIONS = { viewport: PHONE, hasTouch: true, isMobile: true };

Deno.test("on a phone the slip is a sheet: it opens, holds the focus, closes with Escape and gives the focus back", () =>
  visit(async ({ page }) => {
    const site = new BettingPage(page);
    await site.open();
    await site.price("Harbour Town 2.50").tap();
    const tab = page.getByRole("button", { name: /^Slip 1 selection/ });
    assertEquals(await tab.getAttribute("aria-expanded"), "false");
    assertEquals(await site.stake.isVisible(), false);

    await tab.tap();
    const sheet = page.getByRole("dialog", { name: "Bet slip" });
    await sheet.waitFor();
    await sheet.getByRole("heading", { name: "Bet slip" }).waitFor();
    // However often Tab is pressed, the page behind is out of reach.
    for (let pressed = 0; pressed < 30; pressed++) {
      await page.keyboard.press("Tab");
      const outside = await page.evaluate(() => {
        const focused = document.activeElement;
        return focused !== document.body && focused?.closest("[role=dialog]") === null;
      });
      assertEquals(outside, false);
    }

    await page.keyboard.press("Escape");
    await sheet.waitFor({ state: "hidden" });
    assertEquals(await tab.evaluate((element) => element === document.activeElement), true);
  }, OPTIONS));

Deno.test("on a phone a bet is placed in the sheet, and the balance is in sight all the while", () =>
  visit(async ({ page }) => {
    const site = new BettingPage(page);
    await site.open();
    await site.price("Draw 3.40").tap();
    await page.getByRole("button", { name: /^Slip 1 selection/ }).tap();
    const sheet = page.getByRole("dialog", { name: "Bet slip" });
    await assertInSight(page, "£1,000.00");
    await site.stake.fill("2");
    await sheet.getByRole("button", { name: "Place bet · £2.00" }).tap();
    await sheet.getByRole("status").filter({ hasText: "Bet accepted" }).waitFor();
    await assertInSight(page, "£998.00");
    await sheet.getByRole("button", { name: "Close the slip" }).tap();
    await sheet.waitFor({ state: "hidden" });
    await page.getByRole("button", { name: /^Slip 0 selections/ }).waitFor();
  }, OPTIONS));

for (const options of [OPTIONS, { viewport: { width: 1440, height: 900 } }]) {
  Deno.test(`the balance stays in sight at the end of the lobby, ${options.viewport.width} pixels wide`, () =>
    visit(async ({ page }) => {
      await new BettingPage(page).open();
      await page.keyboard.press("End");
      await page.getByRole("link", { name: "API for programs" }).scrollIntoViewIfNeeded();
      await assertInSight(page, "£1,000.00");
    }, options));
}

Deno.test("on a phone every control can be hit: at least 44 pixels high and wide enough", () =>
  visit(async ({ page }) => {
    const site = new BettingPage(page);
    await site.open();
    await site.price("Draw 3.40").tap();
    await page.getByRole("button", { name: /^Slip 1 selection/ }).tap();
    const small = await page.locator(
      "button.price, .tab, [role=dialog] button, [role=dialog] input[type=text]",
    )
      .evaluateAll((controls) =>
        controls.flatMap((control) => {
          const box = control.getBoundingClientRect();
          // The sheet may still be sliding, which costs a fraction.
          const [width, height] = [Math.round(box.width), Math.round(box.height)];
          const shown = control.checkVisibility();
          return shown && (height < 44 || width < 24)
            ? [`${control.textContent} ${width}×${height}`]
            : [];
        })
      );
    assertEquals(small, []);
  }, OPTIONS));

/** Waits for the top bar's text and insists that it lies within the window. */
async function assertInSight(page: Page, words: string): Promise<void> {
  // The bar is inert beside a modal sheet, and so has no role then.
  const text = page.locator(".top").getByText(words, { exact: true });
  await text.waitFor();
  const box = await text.boundingBox();
  const height = page.viewportSize()?.height ?? 0;
  assertEquals(box !== null && box.y >= 0 && box.y + box.height <= height, true, words);
}

import type { Page } from "playwright-core";
import { BettingPage } from "./betting_page.ts";

/** What a browser says of a bet whose price moved. */
export const PRICE_MOVED = /status 409: \/api\/bets|status of 409/;

/** A slip with £5.00 on Harbour Town at 2.60, as if it had been filled before the price moved to 2.50. */
export async function withAnOldPrice(page: Page): Promise<BettingPage> {
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

/** The same slip with its £5.00 held at 2.50, to be looked over. */
export async function withAHold(page: Page): Promise<BettingPage> {
  const site = await withAnOldPrice(page);
  await site.place.click();
  await page.getByRole("button", { name: "Take 2.50", exact: true }).click();
  await site.confirm.waitFor();
  await site.balanceIs("£995.00");
  return site;
}

import { assertEquals, assertMatch } from "@std/assert";
import type { Locator, Page } from "playwright-core";
import { BettingPage } from "./betting_page.ts";
import { flawsOf } from "./flaws_of.ts";
import { PHONE, type Visit, visit } from "./visit.ts";

const LOOKS = [
  { name: "a desk in light", colorScheme: "light" },
  { name: "a phone in dark", viewport: PHONE, colorScheme: "dark" },
] as const;

for (const { name, ...look } of LOOKS) {
  Deno.test(`a trader sees what the book may lose, sets a cap and sees it, on ${name}`, () =>
    visit(capIsSet, look));
}

async function capIsSet({ page, expect }: Visit): Promise<void> {
  expect(/status 422: \/trading|status of 422/);
  await withABet(page);
  await page.goto("/trading");
  await page.getByText("The desk is for traders.").waitFor();
  assertEquals(await page.getByRole("meter").count(), 0);
  assertEquals(await flawsOf(page), []);

  await page.getByRole("button", { name: "Become the demo trader" }).click();
  const row = rowOf(page, "Harbour Town");
  assertMatch(await row.innerText(), /£7\.50\s+of\s+£/);
  assertEquals(await flawsOf(page), []);

  await capOn(row).fill("not a number");
  await row.getByRole("button", { name: /^Set cap/ }).click();
  await rowOf(page, "Harbour Town").getByText("Enter an amount in pounds").waitFor();
  assertEquals(await flawsOf(page), []);

  await capOn(rowOf(page, "Harbour Town")).fill("10.00");
  await rowOf(page, "Harbour Town").getByRole("button", { name: /^Set cap/ }).click();
  const after = rowOf(page, "Harbour Town");
  await after.getByText("The cap is set.").waitFor();
  assertMatch(await after.innerText(), /£7\.50\s+of\s+£10\.00/);
  assertEquals(await flawsOf(page), []);
}

/** A player's bet of £5.00 on Harbour Town at 2.50: the book would lose £7.50 on it. */
async function withABet(page: Page): Promise<void> {
  const site = new BettingPage(page);
  await site.open();
  await site.press("Harbour Town 2.50");
  const slip = page.getByRole("button", { name: /^Slip \d/ });
  if (await slip.isVisible()) await slip.click();
  await site.stake.fill("5");
  await site.place.click();
  await page.getByRole("status").filter({ hasText: "Bet accepted" }).waitFor();
}

/** The first market's line of a selection. */
function rowOf(page: Page, selection: string): Locator {
  return page.getByRole("listitem").filter({
    has: page.getByText(`Cap on ${selection}, in pounds`),
  })
    .first();
}

function capOn(row: Locator): Locator {
  return row.getByRole("textbox");
}

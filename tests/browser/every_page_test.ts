import { assert, assertEquals, assertLess } from "@std/assert";
import type { Page } from "playwright-core";
import { BettingPage } from "./betting_page.ts";
import { flawsOf } from "./flaws_of.ts";
import { PHONE, type Visit, visit } from "./visit.ts";

/** Between them each layout and each set of colours is seen on every page. */
const LOOKS = [
  { name: "a desk in light", viewport: { width: 1440, height: 900 }, colorScheme: "light" },
  { name: "a phone in dark", viewport: PHONE, colorScheme: "dark" },
] as const;

const PATHS = [
  "/events/harbour-northgate",
  "/events/saltmarsh-1430",
  "/?q=harbour",
  "/?q=nothing+at+all",
  "/bets",
  "/account",
  "/audit",
  "/demo",
  "/docs/api",
  "/nowhere",
];

for (const { name, ...look } of LOOKS) {
  Deno.test(`every page is accessible and fits its window on ${name}`, () =>
    visit(async (visit) => {
      visit.expect(/status 404: \/nowhere|status of 404/);
      assertEquals(await flawsOnTheWay(visit), []);
    }, look));
}

Deno.test("the site follows the system into the dark and back", () =>
  visit(async ({ page }) => {
    await page.goto("/");
    await page.emulateMedia({ colorScheme: "light" });
    const light = await paperBrightness(page);
    await page.emulateMedia({ colorScheme: "dark" });
    const dark = await paperBrightness(page);
    assertLess(dark, 60);
    assert(light > 200, `${light}`);
  }));

/** Walks through the site as a player and as an auditor; what is wrong on the way. */
async function flawsOnTheWay({ page }: Visit): Promise<readonly string[]> {
  const flaws: string[] = [];
  const look = async () => void flaws.push(...await flawsOf(page));
  const site = new BettingPage(page);
  await site.open();
  await look();

  await site.press("Harbour Town 2.50");
  await site.press("A. Okafor 1.72");
  await openSlip(page);
  await page.getByLabel("Stake on Harbour Town").fill("5");
  await page.getByLabel("Stake on A. Okafor").fill("nothing");
  await look();
  await page.getByRole("button", { name: "Remove A. Okafor" }).click();
  await site.place.click();
  await page.getByRole("status").filter({ hasText: "Bet accepted" }).waitFor();
  await look();
  await site.betIsLogged();

  const bet = (await site.bets())[0];
  for (const path of [...PATHS, `/bets/${bet?.id}`]) {
    await page.goto(path);
    await look();
  }
  await page.goto("/audit");
  await page.getByRole("button", { name: "Verify" }).click();
  await page.getByText("Exact entry and hashes").first().click();
  await look();

  await page.goto("/demo");
  await page.getByRole("button", { name: "Become auditor" }).click();
  await page.getByRole("heading", { name: "Audit log" }).waitFor();
  await look();
  for (const path of ["/", "/bets", "/account"]) {
    await page.goto(path);
    await look();
  }
  return flaws;
}

/** On a phone the slip has to be opened. */
async function openSlip(page: Page): Promise<void> {
  const tab = page.getByRole("button", { name: /^Slip \d/ });
  if (await tab.isVisible()) await tab.click();
}

/** How bright the page's paper is, from 0 to 255. */
function paperBrightness(page: Page): Promise<number> {
  return page.evaluate(() => {
    const canvas = document.createElement("canvas").getContext("2d");
    if (!canvas) throw new Error("no canvas");
    canvas.fillStyle = getComputedStyle(document.body).backgroundColor;
    canvas.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
    return (red + green + blue) / 3;
  });
}

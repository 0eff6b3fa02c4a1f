import { assertEquals, assertMatch } from "@std/assert";
import { placeBet } from "../process/bettor.ts";
import { PHONE, visit } from "./visit.ts";

for (const viewport of [PHONE, { width: 1440, height: 900 }]) {
  Deno.test(`without JavaScript the site can be read at ${viewport.width} pixels, and play money be had`, () =>
    visit(async ({ page, server, expect }) => {
      // Scripts are not run, which Chromium words so.
      expect(/^failed: .*\.js csp$/);
      const main = page.getByRole("main");
      await page.goto("/");
      await page.getByText("Play money. Nothing here is a real bet.").waitFor();
      await page.getByRole("button", { name: "Harbour Town 2.50" }).waitFor();
      // Playwright does not look for texts in noscript.
      const notice = page.locator(".slip-column noscript p");
      await notice.waitFor();
      assertMatch(await notice.innerText(), /Placing bets needs JavaScript/);
      await main.getByRole("link", { name: "Harbour Town v Northgate" }).click();
      await main.getByRole("heading", { name: "Both teams to score" }).waitFor();

      const start = page.locator("noscript button");
      assertEquals(await start.innerText(), "Start with £1,000 of play money");
      await start.click();
      await page.getByText("£1,000.00", { exact: true }).waitFor();
      const cookie = (await page.context().cookies())[0];
      const bettor = { token: cookie?.value ?? "", accountId: "" };
      const answer = await placeBet(server.url, bettor, {
        requestId: "by-program",
        stakeMinor: 500,
      });
      assertEquals(answer.status, 201);
      await answer.body?.cancel();

      await page.getByRole("link", { name: "My bets" }).locator("visible=true").first().click();
      await main.getByRole("link", { name: "Harbour Town", exact: true }).waitFor();
      await main.getByText("£12.50").first().waitFor();
      await page.getByText("£995.00", { exact: true }).first().waitFor();
    }, { viewport, javaScriptEnabled: false }));
}

import { assert, assertEquals, assertLess } from "@std/assert";
import { Builder } from "fresh/dev";
import type { Page } from "playwright-core";
import { launchChromium } from "../browser/launch_chromium.ts";
import type { State } from "./fixture/define.ts";
import { app } from "./fixture/main.ts";

const FIXTURE = new URL("./fixture/", import.meta.url).href;
const MOST_BYTES_COMPRESSED = 20_000;

async function visitFixture(
  path: string,
  visit: (page: Page, problems: string[]) => Promise<void>,
) {
  const apply = await new Builder<State>({ root: FIXTURE }).build({ snapshot: "memory" });
  apply(app);
  const server = Deno.serve({ port: 8101, onListen: () => {} }, app.handler());
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(message.text());
    });
    await page.goto(`http://localhost:8101${path}`);
    await page.locator("output[data-live=true]").waitFor();
    await visit(page, problems);
  } finally {
    await browser.close();
    await server.shutdown();
  }
}

Deno.test({
  name: "islands hydrate in a browser under a nonce policy, sharing signals and keeping slots",
  fn: () =>
    visitFixture("/", async (page, problems) => {
      const first = page.getByRole("button", { name: /^first/ });
      const second = page.getByRole("button", { name: /^second/ });
      await first.click();
      await second.click();
      assertEquals(await first.textContent(), "first 5");
      assertEquals(await second.textContent(), "second 5");

      const more = page.getByRole("button", { name: "more" });
      assertEquals(await page.getByText("hidden").count(), 0);
      await more.click();
      assertEquals(await page.getByText("hidden").textContent(), "hidden");
      await page.getByRole("button", { name: "inner 5" }).click();
      assertEquals(await first.textContent(), "first 6");
      // What an island adds lands where the island is, not behind what follows it on the page.
      const order = await page.locator("main").evaluate((main) =>
        Array.from(main.children, (child) => child.tagName)
      );
      assertEquals(order, [
        "STYLE",
        "IMG",
        "BUTTON",
        "P",
        "BUTTON",
        "DIV",
        "OUTPUT",
        "I",
        "FOOTER",
      ]);
      await more.click();
      assertEquals(await page.getByText("hidden").count(), 0);

      assertEquals(
        await page.locator("output").textContent(),
        "12345678901234567891 2024-02-29T00:00:00.000Z 2 14",
      );
      assertEquals(await page.title(), "Home");
      assertEquals(problems, []);
    }),
});

Deno.test("only the bundles of the page's islands are loaded, and they are small", () =>
  visitFixture("/", async (page) => {
    const urls: string[] = await page.evaluate(() =>
      performance.getEntriesByType("resource").map(({ name }) => name).filter((name) =>
        name.endsWith(".js")
      )
    );
    assert(urls.length > 0);
    let total = 0;
    for (const url of urls) {
      const source = await (await fetch(url)).blob();
      const zipped = source.stream().pipeThrough(new CompressionStream("gzip"));
      total += (await new Response(zipped).bytes()).byteLength;
    }
    assertLess(total, MOST_BYTES_COMPRESSED);
    assert(urls.every((url) => !url.includes("Unused")), urls.join(" "));
  }));

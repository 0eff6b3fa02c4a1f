import { assert, assertLess } from "@std/assert";
import type { Page } from "playwright-core";
import { BettingPage } from "./betting_page.ts";
import { visit } from "./visit.ts";

const MOST_BYTES_OF_THE_LOBBY = 100_000;
const MOST_BYTES_OF_ISLANDS = 40_000;

Deno.test("the lobby's first page takes less than 100 kB on its way, fonts and scripts included", () =>
  visit(async ({ page }) => {
    await new BettingPage(page).open();
    await page.waitForLoadState("networkidle");
    const loaded = await loadedBy(page);
    const names = loaded.map(({ name, bytes }) => `${name} ${bytes}`).join("\n");
    for (const kind of [".css", ".js", ".woff2"]) {
      assert(loaded.some(({ name }) => name.includes(kind)), `no ${kind} among\n${names}`);
    }
    assertLess(sum(loaded.map(({ bytes }) => bytes)), MOST_BYTES_OF_THE_LOBBY, names);
  }));

Deno.test("the lobby's scripts take less than 40 kB together under gzip", () =>
  visit(async ({ page }) => {
    await new BettingPage(page).open();
    await page.waitForLoadState("networkidle");
    const scripts = (await loadedBy(page)).filter(({ name }) => name.endsWith(".js"));
    const sizes = await Promise.all(scripts.map(({ name }) => gzipped(name)));
    assert(sizes.length > 0);
    assertLess(sum(sizes), MOST_BYTES_OF_ISLANDS);
  }));

/** Everything the page has loaded, itself included, with the bytes that each took on the wire. */
function loadedBy(
  page: Page,
): Promise<readonly { readonly name: string; readonly bytes: number }[]> {
  return page.evaluate(() =>
    [
      ...performance.getEntriesByType("navigation") as PerformanceResourceTiming[],
      ...performance.getEntriesByType("resource") as PerformanceResourceTiming[],
    ].map(({ name, transferSize }) => ({ name, bytes: transferSize }))
  );
}

async function gzipped(address: string): Promise<number> {
  const { body } = await fetch(address);
  assert(body);
  return (await new Response(body.pipeThrough(new CompressionStream("gzip"))).bytes()).byteLength;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

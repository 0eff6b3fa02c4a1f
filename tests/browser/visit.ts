import { assertEquals } from "@std/assert";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { launchChromium } from "./launch_chromium.ts";
import { type RunningServer, withServer } from "./running_server.ts";

/** A person's visit: a page of a fresh browser profile, on a server of their own. */
export interface Visit {
  readonly page: Page;
  readonly server: RunningServer;
  /** Says that a complaint of the browser belongs to the journey; everything else fails it. */
  expect(complaint: RegExp): void;
}

const DESK = { width: 1440, height: 900 };
export const PHONE = { width: 360, height: 740 };

/** Nothing on the way takes longer than this on a busy machine. */
const PATIENCE_MS = 15_000;

/**
 * Runs a journey in real Chromium against a real server. It fails, too, when the browser has anything
 * to complain about: an error in the console, a request that failed, a breach of the site's policy.
 */
export async function visit(
  journey: (visit: Visit) => Promise<void>,
  options: BrowserContextOptions = {},
): Promise<void> {
  // Both take a while to start, so they do it side by side.
  const launching = launchChromium();
  try {
    await withServer(async (server) =>
      await visitWith({ server, browser: await launching }, journey, options)
    );
  } finally {
    await (await launching).close();
  }
}

async function visitWith(
  { server, browser }: { readonly server: RunningServer; readonly browser: Browser },
  journey: (visit: Visit) => Promise<void>,
  options: BrowserContextOptions = {},
): Promise<void> {
  const context = await browser.newContext({ viewport: DESK, baseURL: server.url, ...options });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const complaints = await complaintsOf(page);
  const expected: RegExp[] = [];
  await journey({ page, server, expect: (complaint) => expected.push(complaint) });
  assertEquals(
    complaints.filter((complaint) => !expected.some((pattern) => pattern.test(complaint))),
    [],
  );
  await context.close();
}

/** Everything that goes wrong on a page from now on, as it is found. */
async function complaintsOf(page: Page): Promise<readonly string[]> {
  const complaints: string[] = [];
  // A breach without a message in the console would go unseen otherwise.
  await page.addInitScript(() =>
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`policy ${event.violatedDirective} forbids ${event.blockedURI}`);
    })
  );
  page.on("pageerror", (error) => complaints.push(`threw: ${error}`));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) {
      complaints.push(`${message.type()}: ${message.text()}`);
    }
  });
  page.on("requestfailed", (request) => {
    complaints.push(`failed: ${request.url()} ${request.failure()?.errorText}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) {
      complaints.push(`status ${response.status()}: ${new URL(response.url()).pathname}`);
    }
  });
  return complaints;
}

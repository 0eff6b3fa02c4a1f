import { type Browser, chromium } from "playwright-core";

const INSTALLED = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The sandbox needs what containers do not give; the rest keeps the browser from calling home. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** With its own listeners Playwright would close the browser at a signal, and let the tests go on. */
const DEAF = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };

/**
 * A headless Chromium with a profile of its own, which `close()` removes: the machine's, or one from
 * npm where there is none.
 */
export async function launchChromium(): Promise<Browser> {
  const installed = INSTALLED.find(isFile);
  if (installed !== undefined) {
    return await chromium.launch({ executablePath: installed, args: FLAGS, ...DEAF });
  }
  const { default: packaged } = await import("@sparticuz/chromium");
  return await chromium.launch({
    executablePath: await packaged.executablePath(),
    args: [...packaged.args, ...FLAGS],
    ...DEAF,
  });
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

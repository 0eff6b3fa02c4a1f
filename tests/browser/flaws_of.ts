import axe from "axe-core";
import type { Page } from "playwright-core";

/** What axe reports, as far as it is read here. */
interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly target: readonly unknown[] }[];
  }[];
}

/**
 * What is wrong with a page as it stands: accessibility, by every rule of axe-core, and a layout that
 * is wider than the window. Empty when all is well.
 */
export async function flawsOf(page: Page): Promise<readonly string[]> {
  // A fade or a slide that is under way would be measured half-way.
  await page.evaluate(() =>
    Promise.allSettled(document.getAnimations().map((animation) => animation.finished))
  );
  // Evaluated by the debugger, so that the site's own policy stays in force.
  await page.evaluate(axe.source);
  const results: AxeResults = await page.evaluate("axe.run()");
  const wide = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.scrollingElement ?? document.documentElement;
    return scrollWidth > clientWidth ? [`${scrollWidth} pixels wide, not ${clientWidth}`] : [];
  });
  const where = `${new URL(page.url()).pathname}: `;
  return [
    ...results.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target }) => `${where}${id} at ${target.join(" ")}`)
    ),
    ...wide.map((flaw) => where + flaw),
  ];
}

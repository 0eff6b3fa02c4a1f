import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { hiddenSlot } from "./island_boundary.ts";
import { currentPass, rawHtml, type RenderPass } from "./render_pass.ts";

/** The last thing in the body: what makes the page's islands live. Nothing on a page without any. */
export function PageScripts(): VNode | null {
  const pass = currentPass();
  return pass === null ? null : rawHtml(pageScripts(pass));
}

/** The same as HTML, for a page that wrote no body of its own. */
export function pageScripts(pass: RenderPass): string {
  return hiddenSlots(pass) + bootScript(pass) + liveReloadScript(pass);
}

/** URLs that the browser should load early, in the order in which they are needed. */
export function preloadedModules(pass: RenderPass): string[] {
  if (!pass.build || pass.islands.length === 0) return [];
  const islands = pass.islands.flatMap(({ island }) => [island.url, ...island.chunks]);
  const urls = [pass.build.boot.url, ...pass.build.boot.chunks, ...islands];
  return [...new Set(urls)].map((url) => pass.basePath + url);
}

// Rendering a hidden slot can add islands with slots of their own, which this loop then also meets.
function hiddenSlots(pass: RenderPass): string {
  let html = "";
  for (let number = 0; number < pass.slots.length; number++) {
    if (pass.slots[number]?.rendered) continue;
    html += renderToString(hiddenSlot(pass, number));
    pass.within.pop();
  }
  return html;
}

function bootScript(pass: RenderPass): string {
  if (!pass.build || pass.islands.length === 0) return "";
  const islands = [...new Set(pass.islands.map(({ island }) => island))];
  const url = (path: string) => scriptJson(pass.basePath + path);
  const imports = islands.map(({ exportName, url: path }, index) =>
    `import{${exportName} as i${index}}from${url(path)};`
  );
  const uses = pass.islands.map(({ island, props }) => [islands.indexOf(island), props]);
  const components = islands.map((_, index) => `i${index}`).join(",");
  return `<script type="module" nonce="${pass.nonce}" data-fresh-build="${pass.build.id}">` +
    `import{boot}from${url(pass.build.boot.url)};${imports.join("")}` +
    `boot([${components}],${scriptJson(uses)},${scriptJson(pass.props.table)})</script>`;
}

function liveReloadScript(pass: RenderPass): string {
  if (!pass.build?.liveReloadUrl) return "";
  return `<script type="module" src="${pass.basePath}${pass.build.liveReloadUrl}"></script>`;
}

/** JSON that is also safe inside a script element: it holds no `<` and no line separators. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

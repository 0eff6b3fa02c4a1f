import { Fragment, type FunctionComponent, h, type VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import type { Build } from "./build.ts";
import "./elements.ts";
import { headToken, mergedHead } from "./head.ts";
import { pageScripts, preloadedModules } from "./page_scripts.ts";
import { inPass, newRenderPass, rawHtml, type RenderPass } from "./render_pass.ts";

/** The page as the app wrapper sees it: rendered before the wrapper is. */
export class RenderedInner {
  html = "";
  readonly Component: FunctionComponent = () => rawHtml(this.html);
}

/** A whole page. */
export interface RenderedDocument {
  html: string;
  nonce: string;
  /** URLs of modules that the page will import. */
  preload: string[];
}

/** Renders a page, its app wrapper if it has one, and whatever outer elements both left out. */
export function renderDocument(page: {
  content: VNode | null;
  /** What the app wrapper shows as its `Component`. */
  inner: RenderedInner;
  outer: VNode | null;
  build: Build | null;
  basePath: string;
}): RenderedDocument {
  const pass = newRenderPass(page.build, page.basePath);
  const html = inPass(pass, () => {
    const content = renderToString(page.content ?? h(Fragment, null));
    page.inner.html = content;
    const body = page.outer === null ? content : renderToString(page.outer);
    const whole = withOuterElements(pass, body);
    // The replacement is a function because a replacement text would treat "$" as special.
    return whole.replace(
      headToken(pass),
      () => renderToString(h(Fragment, null, mergedHead(pass))),
    );
  });
  return { html: `<!DOCTYPE html>${html}`, nonce: pass.nonce, preload: preloadedModules(pass) };
}

function withOuterElements(pass: RenderPass, rendered: string): string {
  const { seen } = pass;
  let html = rendered;
  if (!seen.body && !seen.html) html = `<body>${html}${pageScripts(pass)}</body>`;
  if (!seen.head && !seen.html) {
    html = `<head><meta charset="utf-8">${headToken(pass)}</head>${html}`;
  }
  return seen.html ? html : `<html>${html}</html>`;
}

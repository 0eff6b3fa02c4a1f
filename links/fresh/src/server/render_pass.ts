import { type ComponentChildren, type VNode } from "preact";
import { jsxTemplate } from "preact/jsx-runtime";
import { useBuildId } from "../shared/asset.ts";
import { collectHeads } from "../shared/head.ts";
import { PropsWriter } from "../shared/props_writer.ts";
import type { Build, Island } from "./build.ts";

/** What one page collects while it is rendered. */
export interface RenderPass {
  build: Build | null;
  basePath: string;
  /** Goes on every inline script and style, and stands for the head until that is complete. */
  nonce: string;
  seen: { html: boolean; head: boolean; body: boolean };
  /** The children of the page's own `<head>`, and of every `<Head>`, in the order of rendering. */
  headChildren: ComponentChildren;
  heads: ComponentChildren[];
  /** The islands on the page, in order, each with its props' place in `props`. */
  islands: { island: Island; props: number }[];
  props: PropsWriter;
  /** JSX passed to islands, by its number. */
  slots: { children: ComponentChildren; rendered: boolean }[];
  /** Where rendering stands: inside an island nested islands are plain components. */
  within: ("island" | "slot")[];
}

/** A pass that has collected nothing yet. */
export function newRenderPass(build: Build | null, basePath: string): RenderPass {
  return {
    build,
    basePath,
    nonce: crypto.randomUUID().replaceAll("-", ""),
    seen: { html: false, head: false, body: false },
    headChildren: null,
    heads: [],
    islands: [],
    props: new PropsWriter(),
    slots: [],
    within: [],
  };
}

let current: RenderPass | null = null;

/** The pass whose elements are being rendered right now, if any. */
export const currentPass = (): RenderPass | null => current;

/** Renders synchronously with `pass` as the current one. */
export function inPass<T>(pass: RenderPass, render: () => T): T {
  const outer = current;
  current = pass;
  useBuildId(pass.build?.id ?? "");
  collectHeads((children) => pass.heads.push(children));
  try {
    return render();
  } finally {
    current = outer;
    collectHeads(null);
  }
}

/** HTML that stands in the page as it is. */
export function rawHtml(html: string): VNode {
  return jsxTemplate([html]);
}

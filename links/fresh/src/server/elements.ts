import { Fragment, type FunctionComponent, h, options, type VNode } from "preact";
import { asset, assetSrcSet } from "../shared/asset.ts";
import { islandBoundary } from "./island_boundary.ts";
import { currentPass, rawHtml } from "./render_pass.ts";
import { headToken } from "./head.ts";
import { PageScripts } from "./page_scripts.ts";

type Props = Record<string, unknown>;

// Elements are created long before they are rendered, often outside of any render: what they need to
// know of the page they learn when they are rendered, from the component that takes their place.
const substitutes: Record<string, FunctionComponent<Props>> = {
  html: (props) => {
    note("html");
    return plain("html", props);
  },
  head: (props) => {
    const pass = note("head");
    if (pass === null) return plain("head", props);
    const { children, ...rest } = props;
    pass.headChildren = children as never;
    return plain("head", rest, rawHtml(headToken(pass)));
  },
  body: (props) => {
    const pass = note("body");
    if (pass === null) return plain("body", props);
    const { children, ...rest } = props;
    const body = plain("body", rest, children, h(PageScripts, null));
    if (pass.seen.head) return body;
    pass.seen.head = true;
    return h(Fragment, null, plain("head", {}, rawHtml(headToken(pass))), body);
  },
  script: (props) => plain("script", "src" in props ? props : withNonce(props)),
  style: (props) => plain("style", withNonce(props)),
  img: (props) => plain("img", withAssets(props)),
  source: (props) => plain("source", withAssets(props)),
};

let creatingPlain = false;

/** The element itself, which nothing takes the place of. */
function plain(type: string, props: Props, ...children: unknown[]): VNode {
  creatingPlain = true;
  try {
    return h(type, props, ...children as never[]) as VNode;
  } finally {
    creatingPlain = false;
  }
}

const previous = options.vnode;
options.vnode = (vnode) => {
  if (!creatingPlain) substitute(vnode);
  previous?.(vnode);
};

function substitute(vnode: VNode): void {
  if (typeof vnode.type === "string") {
    const known = Object.hasOwn(substitutes, vnode.type) ? substitutes[vnode.type] : undefined;
    if (known) vnode.type = known as FunctionComponent;
  } else {
    islandBoundary(vnode);
  }
}

function note(element: "html" | "head" | "body") {
  const pass = currentPass();
  if (pass !== null) pass.seen[element] = true;
  return pass;
}

function withNonce(props: Props): Props {
  const pass = currentPass();
  return pass === null || props["nonce"] !== undefined ? props : { ...props, nonce: pass.nonce };
}

function withAssets(props: Props): Props {
  if (currentPass() === null || "data-fresh-disable-lock" in props) return props;
  const bound = { ...props };
  if (typeof props["src"] === "string") bound["src"] = asset(props["src"]);
  for (const name of ["srcset", "srcSet"]) {
    const value = props[name];
    if (typeof value === "string") bound[name] = assetSrcSet(value);
  }
  return bound;
}

import type { FunctionComponent, VNode } from "preact";
import type { Build } from "./build.ts";
import type { ResolvedFreshConfig } from "./config.ts";
import { renderDocument, RenderedInner } from "./document.ts";
import type { LayoutConfig, RouteComponent } from "./route.ts";
import { renderComponent } from "./render_component.ts";

/** The app wrapper and the layouts around whatever is rendered now, outermost first. */
export interface Frame<State> {
  wrapper: RouteComponent<State> | null;
  layouts: RouteComponent<State>[];
}

/** What pages, layouts and the app wrapper are given. */
export type PageProps<Data = unknown, State = unknown> =
  & Pick<
    Context<State>,
    | "config"
    | "url"
    | "req"
    | "params"
    | "info"
    | "state"
    | "isPartial"
    | "Component"
    | "error"
    | "route"
  >
  & { data: Data };

/** The nonce that a rendered response used, for the middleware that writes the policy. */
export const renderedNonces = new WeakMap<Response, string>();

const currentFrame: unique symbol = Symbol("frame");
const currentBuild: unique symbol = Symbol("build");

/** The build that a request is answered from, if there is one. */
export const buildOf = <State>(ctx: Context<State>): Build | null => ctx[currentBuild];

/** The frame of a context, for the router to change on the way in and restore on the way out. */
export const frames = {
  of: <State>(ctx: Context<State>): Frame<State> => ctx[currentFrame],
  set: <State>(ctx: Context<State>, frame: Frame<State>): void => {
    ctx[currentFrame] = frame;
  },
};

/** Everything that one request's middlewares and handlers share. */
export class Context<State> {
  readonly config: ResolvedFreshConfig;
  /** The address asked for; repeated slashes in its path are one. */
  readonly url: URL;
  readonly req: Request;
  /** The pattern of the matched route, or null. */
  readonly route: string | null;
  readonly params: Record<string, string>;
  /** One object a request, empty at first. */
  readonly state: State = {} as State;
  /** What was thrown, once something was. */
  error: unknown = null;
  readonly info: Deno.ServeHandlerInfo;
  /** Always false: this edition answers whole pages. */
  readonly isPartial: boolean = false;
  /** In a layout or app wrapper: what it surrounds. */
  Component: FunctionComponent = () => null;
  /** Runs the rest of the middlewares and the handler. */
  next: () => Promise<Response> = () => Promise.reject(new Error("Nothing comes after this."));
  readonly [currentBuild]: Build | null;
  [currentFrame]: Frame<State> = { wrapper: null, layouts: [] };

  constructor(
    request: {
      req: Request;
      url: URL;
      info: Deno.ServeHandlerInfo;
      route: string | null;
      params: Record<string, string>;
    },
    config: ResolvedFreshConfig,
    build: Build | null,
  ) {
    this.req = request.req;
    this.url = request.url;
    this.info = request.info;
    this.route = request.route;
    this.params = request.params;
    this.config = config;
    this[currentBuild] = build;
  }

  /** A redirect. A path that begins with several slashes stays on this site. */
  redirect(pathOrUrl: string, status = 302): Response {
    const [, path = "", rest = ""] = /^([^?#]*)(.*)$/s.exec(pathOrUrl) ?? [];
    const location = path.startsWith("/") ? path.replace(/[/\\]{2,}/g, "/") + rest : pathOrUrl;
    return new Response(null, { status, headers: { location } });
  }

  /** Renders the element inside the layouts and the app wrapper. */
  async render(
    vnode: VNode | null,
    init: ResponseInit = {},
    config: LayoutConfig = {},
  ): Promise<Response> {
    const frame = this[currentFrame];
    const layouts = config.skipInheritedLayouts ? [] : frame.layouts;
    const wrapper = config.skipAppWrapper ? null : frame.wrapper;

    let content = vnode;
    for (const layout of layouts.toReversed()) {
      const child = content;
      const surrounded = await renderComponent(this, layout, undefined, () => child);
      if (surrounded instanceof Response) return surrounded;
      content = surrounded;
    }

    const inner = new RenderedInner();
    let outer: VNode | null = null;
    if (wrapper !== null) {
      const surrounded = await renderComponent(this, wrapper, undefined, inner.Component);
      if (surrounded instanceof Response) return surrounded;
      outer = surrounded;
    }
    const { basePath } = this.config;
    const build = this[currentBuild];
    const rendered = renderDocument({ content, inner, outer, build, basePath });

    const headers = new Headers(init.headers);
    headers.set("content-type", "text/html; charset=utf-8");
    if (rendered.preload.length > 0) {
      const links = rendered.preload.map((url) => `<${encodeURI(url)}>; rel="modulepreload"`);
      headers.append("link", links.join(", "));
    }
    const response = new Response(rendered.html, { ...init, headers });
    renderedNonces.set(response, rendered.nonce);
    return response;
  }
}

/** The older name of `Context`. */
export type FreshContext<State = unknown> = Context<State>;

import type { AnyComponent, FunctionComponent, VNode } from "preact";
import { HttpError } from "../shared/http_error.ts";
import { type Context, frames, type PageProps } from "./context.ts";
import { METHODS } from "./handlers.ts";
import type { HandlerFn, Method, PageResponse, RouteHandler } from "./handlers.ts";
import { renderComponent } from "./render_component.ts";

/** How a layout inherits from what surrounds it. */
export interface LayoutConfig {
  skipInheritedLayouts?: boolean;
  skipAppWrapper?: boolean;
}

/** How a route inherits, and the pattern it answers instead of its path. */
export interface RouteConfig extends LayoutConfig {
  routeOverride?: string;
  /** For lazy routes: the methods it answers. Default: all. */
  methods?: "ALL" | Method[];
}

/** An async component, which is called as a plain function and may answer the request itself. */
// Its parameters are those of a component, to the letter: only then does TypeScript know what a
// function written in its place is given.
export type AsyncComponent<Props> = (
  ...parameters: Parameters<FunctionComponent<Props>>
) => Promise<VNode | Response | null>;

/** A component for the server, which may be async. */
export type RouteComponent<State> =
  | AnyComponent<PageProps<unknown, State>>
  | AsyncComponent<PageProps<unknown, State>>;

/** A page, its handlers, or both. */
export interface Route<State> {
  component?: RouteComponent<State>;
  config?: RouteConfig;
  handler?: RouteHandler<unknown, State>;
}

const renderWithoutData = (): PageResponse<unknown> => ({ data: undefined });

const refuse = (): never => {
  throw new HttpError(404);
};

/** The handlers of a route: a component without handlers renders, and with some answers GET too. */
export function handlersOf<State>(route: Route<State>): RouteHandler<unknown, State> {
  const { handler, component } = route;
  if (handler === undefined) return component === undefined ? refuse : renderWithoutData;
  if (typeof handler === "function" || component === undefined || handler.GET) return handler;
  return { ...handler, GET: renderWithoutData };
}

/** The methods that a route answers. */
export function methodsOf<State>(route: Route<State>): readonly Method[] {
  const handlers = handlersOf(route);
  if (typeof handlers === "function") return METHODS;
  return METHODS.filter((method) => handlers[method] !== undefined);
}

/** Runs the handler for the request's method and renders the page if the handler passed data. */
export async function answer<State>(
  ctx: Context<State>,
  route: Route<State>,
  status = 200,
): Promise<Response> {
  const frame = frames.of(ctx);
  frames.set(ctx, {
    wrapper: route.config?.skipAppWrapper ? null : frame.wrapper,
    layouts: route.config?.skipInheritedLayouts ? [] : frame.layouts,
  });
  const handle = handlerFor(handlersOf(route), ctx.req.method as Method);
  if (handle === undefined) return await ctx.next();
  const answered = await handle(ctx);
  if (answered instanceof Response) return answered;

  const init = { status: answered.status ?? status, headers: new Headers(answered.headers) };
  if (route.component === undefined) return await ctx.render(null, init);
  const content = await renderComponent(ctx, route.component, answered.data, () => null);
  return content instanceof Response ? content : await ctx.render(content, init);
}

function handlerFor<State>(
  handlers: RouteHandler<unknown, State>,
  method: Method,
): HandlerFn<unknown, State> | undefined {
  if (typeof handlers === "function") return handlers;
  return handlers[method] ?? (method === "HEAD" ? handlers.GET : undefined);
}

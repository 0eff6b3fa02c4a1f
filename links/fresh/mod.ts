/**
 * A local edition of Fresh 2: the documented server API that this project uses.
 * @module
 */
export { App, type ListenOptions } from "./src/server/app.ts";
export type { FreshConfig, ResolvedFreshConfig } from "./src/server/config.ts";
export type { Context, FreshContext, PageProps } from "./src/server/context.ts";
export { csp, type CSPOptions } from "./src/server/csp.ts";
export { createDefine, type Define } from "./src/server/define.ts";
export {
  type HandlerByMethod,
  type HandlerFn,
  type Lazy,
  type MaybeLazy,
  type Method,
  type Middleware,
  type MiddlewareFn,
  page,
  type PageResponse,
  type RouteData,
  type RouteHandler,
} from "./src/server/handlers.ts";
export type { LayoutConfig, RouteConfig } from "./src/server/route.ts";
export { staticFiles } from "./src/server/static_files.ts";
export { HttpError } from "./src/shared/http_error.ts";
export type { Island } from "./src/server/build.ts";

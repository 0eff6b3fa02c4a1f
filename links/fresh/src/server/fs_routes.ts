import type { App } from "./app.ts";
import type { MaybeLazyMiddleware, RouteHandler } from "./handlers.ts";
import type { Route, RouteComponent, RouteConfig } from "./route.ts";

/** A file of the route folder, by its path in that folder, and what it exports. */
export interface FsRoute {
  path: string;
  module: Record<string, unknown>;
}

/** Adds what the files of the route folder export: what surrounds pages first, then the pages. */
export function registerFsRoutes<State>(app: App<State>, files: FsRoute[], base: string): void {
  const mount = base === "*" || base === "/" ? "" : base;
  const named = files.map((file) => ({ ...file, name: file.path.replace(/\.[^.]+$/, "") }));
  const special = named.filter(({ name }) => isSpecial(name)).sort(byDepth);
  const pages = named.filter(({ name }) => !isSpecial(name)).sort(bySpecificity);
  for (const { name, module } of special) surround(app, mount, name, module);
  for (const { name, module } of pages) {
    const routeOverride = mount + urlPattern(name);
    const config: RouteConfig = { routeOverride, ...module["config"] as RouteConfig };
    app.route(`${mount}/${name}`, { ...routeOf<State>(module), config });
  }
}

/** `blog/[slug]` as a URL pattern: `/blog/:slug`. Groups leave no trace; `index` is its folder. */
export function urlPattern(name: string): string {
  const segments = name.split("/").filter((segment) => !/^\(.*\)$/.test(segment));
  if (segments.at(-1) === "index") segments.pop();
  const pattern = segments.map((segment) => {
    const rest = /^\[\.\.\.(.+)\]$/.exec(segment);
    if (rest) return `/:${rest[1]}*`;
    const optional = /^\[\[(.+)\]\]$/.exec(segment);
    if (optional) return `{/:${optional[1]}}?`;
    return `/${segment.replace(/\[(.+?)\]/g, ":$1")}`;
  }).join("");
  return pattern === "" ? "/" : pattern;
}

const isSpecial = (name: string): boolean => /(^|\/)_[^/]*$/.test(name);

function byDepth(a: { name: string }, b: { name: string }): number {
  return a.name.split("/").length - b.name.split("/").length || compare(a.name, b.name);
}

function bySpecificity(a: { name: string }, b: { name: string }): number {
  return compare(sortKey(a.name), sortKey(b.name));
}

// Literal segments sort before parameters, and those before the ones that take the rest of a path.
function sortKey(name: string): string {
  return name.replaceAll("[...", "\uffff").replaceAll("[", "\ufffe");
}

const compare = (a: string, b: string): number => a < b ? -1 : a > b ? 1 : 0;

function surround<State>(
  app: App<State>,
  mount: string,
  name: string,
  module: Record<string, unknown>,
): void {
  const kind = name.slice(name.lastIndexOf("/") + 1);
  const folder = `${mount}/${name.slice(0, -kind.length - 1)}`;
  const component = module["default"] as RouteComponent<State>;
  if (kind === "_app") app.appWrapper(component);
  else if (kind === "_layout") app.layout(folder, component, module["config"] as RouteConfig);
  else if (kind === "_404") app.notFound(routeOf<State>(module));
  else if (kind === "_error" || kind === "_500") app.onError(folder, routeOf<State>(module));
  else if (kind === "_middleware") {
    const exported = module["handlers"] ?? module["handler"] ?? module["default"];
    app.use(folder, ...[exported].flat() as MaybeLazyMiddleware<State>[]);
  }
}

function routeOf<State>(module: Record<string, unknown>): Route<State> {
  const handler = module["handlers"] ?? module["handler"];
  return {
    ...(module["default"] ? { component: module["default"] as RouteComponent<State> } : {}),
    ...(handler ? { handler: handler as RouteHandler<unknown, State> } : {}),
    ...(module["config"] ? { config: module["config"] as RouteConfig } : {}),
  };
}

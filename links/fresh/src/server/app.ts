import { HttpError } from "../shared/http_error.ts";
import type { Build } from "./build.ts";
import type { FreshConfig, ResolvedFreshConfig } from "./config.ts";
import { Context } from "./context.ts";
import { fallbackError, notAnswered } from "./fallbacks.ts";
import { registerFsRoutes } from "./fs_routes.ts";
import { type MaybeLazyMiddleware, type Method, METHODS, runChain } from "./handlers.ts";
import type { MaybeLazy, Middleware } from "./handlers.ts";
import { listen, type ListenOptions } from "./listen.ts";
import { answer, type LayoutConfig, methodsOf } from "./route.ts";
import type { Route, RouteComponent, RouteConfig } from "./route.ts";
import { Router } from "./router.ts";
import { Scope } from "./scope.ts";

export type { ListenOptions } from "./listen.ts";

/** What a handler is built from: filled in from top to bottom, by the calls on the app. */
interface Wiring<State> {
  router: Router<MaybeLazyMiddleware<State>>;
  root: Scope<State>;
  build: Build | null;
}

const builds = new WeakMap<object, Build>();

/** Gives an app its build. The next `handler()` uses it. */
export function useBuild<State>(app: App<State>, build: Build): void {
  app.config.root = build.root;
  app.config.mode = build.mode;
  builds.set(app, build);
}

/** Routes requests through middlewares to handlers. Everything applies from top to bottom. */
export class App<State = unknown> {
  readonly config: ResolvedFreshConfig;
  readonly #steps: ((wiring: Wiring<State>) => void)[] = [];

  constructor(config: FreshConfig = {}) {
    this.config = {
      root: ".",
      basePath: config.basePath ?? "",
      mode: config.mode ?? "production",
    };
  }

  /** Adds middlewares for everything, or for the routes at and below a path. */
  use(...middlewares: MaybeLazyMiddleware<State>[]): this;
  use(path: string, ...middlewares: MaybeLazyMiddleware<State>[]): this;
  use(
    first: string | MaybeLazyMiddleware<State>,
    ...rest: MaybeLazyMiddleware<State>[]
  ): this {
    const [path, added] = typeof first === "string" ? [first, rest] : ["*", [first, ...rest]];
    return this.#step(({ root }) => root.at(path).middlewares.push(...added));
  }

  get(path: string, ...middlewares: MaybeLazy<Middleware<State>>[]): this {
    return this.#handle(["GET"], path, middlewares);
  }

  post(path: string, ...middlewares: MaybeLazy<Middleware<State>>[]): this {
    return this.#handle(["POST"], path, middlewares);
  }

  put(path: string, ...middlewares: MaybeLazy<Middleware<State>>[]): this {
    return this.#handle(["PUT"], path, middlewares);
  }

  patch(path: string, ...middlewares: MaybeLazy<Middleware<State>>[]): this {
    return this.#handle(["PATCH"], path, middlewares);
  }

  delete(path: string, ...middlewares: MaybeLazy<Middleware<State>>[]): this {
    return this.#handle(["DELETE"], path, middlewares);
  }

  head(path: string, ...middlewares: MaybeLazy<Middleware<State>>[]): this {
    return this.#handle(["HEAD"], path, middlewares);
  }

  /** Answers every method. */
  all(path: string, ...middlewares: MaybeLazy<Middleware<State>>[]): this {
    return this.#handle(METHODS, path, middlewares);
  }

  /** Adds a page, its handlers, or both. */
  route(path: string, route: MaybeLazy<Route<State>>, config: RouteConfig = {}): this {
    return this.#step((wiring) => {
      const loaded = typeof route === "function" ? null : route;
      const load = typeof route === "function" ? once(route) : () => Promise.resolve(route);
      const pattern = (loaded?.config ?? config).routeOverride ?? path;
      const lazyMethods = Array.isArray(config.methods) ? config.methods : METHODS;
      const methods = loaded === null ? lazyMethods : methodsOf(loaded);
      const chain = wiring.root.at(path).chain();
      this.#add(wiring, methods, pattern, [
        ...chain,
        async (ctx) => await answer(ctx, await load()),
      ]);
    });
  }

  /** Surrounds the pages at and below a path. */
  layout(path: string, component: RouteComponent<State>, config: LayoutConfig = {}): this {
    return this.#step(({ root }) => root.at(path).layout = { component, config });
  }

  /** Surrounds every page and layout: the outer HTML. */
  appWrapper(component: RouteComponent<State>): this {
    return this.#step(({ root }) => root.wrapper = component);
  }

  /** Answers when something at or below a path throws. */
  onError(path: string, routeOrMiddleware: Route<State> | Middleware<State>): this {
    return this.#step(({ root }) => root.at(path).errorRoute = toRoute(routeOrMiddleware));
  }

  /** Answers every 404, thrown or for want of a route. */
  notFound(routeOrMiddleware: Route<State> | Middleware<State>): this {
    const route = toRoute(routeOrMiddleware);
    return this.#step(({ root }) => root.notFound = (ctx) => answer(ctx, route, 404));
  }

  /** Adds the routes that the `Builder` found in the route folder, below a path if one is given. */
  fsRoutes(path = "*"): this {
    return this.#step((wiring) => {
      const files = new App<State>({ basePath: this.config.basePath });
      registerFsRoutes(files, wiring.build?.routes ?? [], path);
      for (const step of files.#steps) step(wiring);
    });
  }

  /** The function that answers requests: for `Deno.serve`, and for tests. */
  handler(): (request: Request, info?: Deno.ServeHandlerInfo) => Promise<Response> {
    const build = builds.get(this) ?? null;
    const wiring: Wiring<State> = { router: new Router(), root: new Scope(), build };
    for (const step of this.#steps) step(wiring);
    const rootChain = wiring.root.chain();

    return async (req, info = LOCAL_CONNECTION) => {
      const url = new URL(req.url);
      // A path like "//elsewhere" must never be echoed into a redirect to another site.
      if (url.pathname.includes("//")) url.pathname = url.pathname.replace(/\/{2,}/g, "/");
      const method = req.method as Method;
      const { pattern, params, steps, allowed } = wiring.router.match(method, url);
      const ctx = new Context<State>(
        { req, url, info, route: pattern, params },
        this.config,
        build,
      );
      const last = steps === null ? notAnswered({ pattern, method, allowed }) : NOT_FOUND;
      try {
        const response = await runChain(steps ?? rootChain, ctx, last);
        if (!(response instanceof Response)) {
          throw new TypeError(
            `A handler for "${url.pathname}" returned something else than a Response.`,
          );
        }
        return method === "HEAD" ? withoutBody(response) : response;
      } catch (error) {
        return fallbackError(error);
      }
    };
  }

  /** Serves this app. Without a port: the first free one from 8000. */
  async listen(options: ListenOptions = {}): Promise<void> {
    await listen(this.handler(), this.config.basePath, options);
  }

  #handle(
    methods: readonly Method[],
    path: string,
    middlewares: MaybeLazy<Middleware<State>>[],
  ): this {
    return this.#step((wiring) => {
      const chain = wiring.root.at(path).chain();
      this.#add(wiring, methods, path, [
        ...chain,
        ...middlewares as MaybeLazyMiddleware<State>[],
      ]);
    });
  }

  #add(
    { router }: Wiring<State>,
    methods: readonly Method[],
    pattern: string,
    steps: MaybeLazyMiddleware<State>[],
  ): void {
    const path = pattern === "*" ? "/*" : pattern;
    const { basePath } = this.config;
    const full = basePath !== "" && path === "/" ? basePath : basePath + path;
    for (const method of methods) router.add(method, full, steps);
  }

  #step(step: (wiring: Wiring<State>) => void): this {
    this.#steps.push(step);
    return this;
  }
}

const NOT_FOUND = (): Promise<Response> => Promise.reject(new HttpError(404));

const LOCAL_CONNECTION: Deno.ServeHandlerInfo = {
  remoteAddr: { transport: "tcp", hostname: "localhost", port: 1234 },
  completed: Promise.resolve(),
};

function toRoute<State>(routeOrMiddleware: Route<State> | Middleware<State>): Route<State> {
  return typeof routeOrMiddleware === "function"
    ? { handler: routeOrMiddleware }
    : routeOrMiddleware;
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | null = null;
  return () => loaded ??= load();
}

function withoutBody(response: Response): Response {
  response.body?.cancel();
  return new Response(null, response);
}

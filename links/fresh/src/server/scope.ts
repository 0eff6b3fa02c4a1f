import { HttpError } from "../shared/http_error.ts";
import { type Frame, frames } from "./context.ts";
import type { MaybeLazyMiddleware, Middleware } from "./handlers.ts";
import { answer, type LayoutConfig, type Route, type RouteComponent } from "./route.ts";

/**
 * One path segment and what applies below it. A route is surrounded by the scopes of its own
 * pattern, segment by segment: `/api/:id` by `/`, `/api` and `/api/:id`.
 */
export class Scope<State> {
  readonly middlewares: MaybeLazyMiddleware<State>[] = [];
  layout: { component: RouteComponent<State>; config: LayoutConfig } | null = null;
  wrapper: RouteComponent<State> | null = null;
  errorRoute: Route<State> | null = null;
  notFound: Middleware<State> | null = null;
  readonly #children = new Map<string, Scope<State>>();
  readonly #parent: Scope<State> | null;

  constructor(parent: Scope<State> | null = null) {
    this.#parent = parent;
  }

  /** The scope of a pattern below this one. `*` and `/` are this one. */
  at(pattern: string): Scope<State> {
    if (pattern === "*" || pattern === "/*") return this;
    return pattern.split("/").filter((segment) => segment !== "").reduce(
      (scope, segment) => scope.#child(segment),
      this as Scope<State>,
    );
  }

  /** What runs before a route that is registered now: later additions do not change it. */
  chain(): MaybeLazyMiddleware<State>[] {
    const outer = this.#parent?.chain() ?? [];
    return [...outer, this.#enter(), ...this.middlewares];
  }

  #child(segment: string): Scope<State> {
    const known = this.#children.get(segment);
    if (known) return known;
    const child = new Scope<State>(this);
    this.#children.set(segment, child);
    return child;
  }

  get #root(): Scope<State> {
    return this.#parent === null ? this : this.#parent.#root;
  }

  #enter(): Middleware<State> {
    const { layout, wrapper, errorRoute } = this;
    const root = this.#root;
    return async (ctx) => {
      const outer = frames.of(ctx);
      const frame = surround(outer, wrapper, layout);
      frames.set(ctx, frame);
      try {
        return await ctx.next();
      } catch (error) {
        frames.set(ctx, frame);
        ctx.error = error;
        const status = error instanceof HttpError ? error.status : 500;
        if (status === 404 && root.notFound !== null) return await root.notFound(ctx);
        if (errorRoute !== null) return await answer(ctx, errorRoute, status);
        throw error;
      } finally {
        frames.set(ctx, outer);
      }
    };
  }
}

function surround<State>(
  outer: Frame<State>,
  wrapper: RouteComponent<State> | null,
  layout: Scope<State>["layout"],
): Frame<State> {
  const inherited = { wrapper: wrapper ?? outer.wrapper, layouts: outer.layouts };
  if (layout === null) return inherited;
  return {
    wrapper: layout.config.skipAppWrapper ? null : inherited.wrapper,
    layouts: layout.config.skipInheritedLayouts
      ? [layout.component]
      : [...inherited.layouts, layout.component],
  };
}

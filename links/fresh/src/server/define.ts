import type { AnyComponent } from "preact";
import type { PageProps } from "./context.ts";
import type { HandlerByMethod, HandlerFn, Middleware, RouteHandler } from "./handlers.ts";

/** Functions that return what they are given, so that TypeScript knows its type. */
export interface Define<State> {
  /** Handlers of a route. */
  handlers<Data, Handlers extends RouteHandler<Data, State> = RouteHandler<Data, State>>(
    handlers: Handlers,
  ): typeof handlers;

  /** A page; `define.page<typeof handlers>` gives it the data that those handlers pass. */
  page<
    Handlers extends RouteHandler<unknown, State> = never,
    Data = Handlers extends HandlerFn<infer Passed, State> ? Passed
      : Handlers extends HandlerByMethod<infer Passed, State> ? Passed
      : never,
  >(render: AnyComponent<PageProps<Data, State>>): typeof render;

  /** A layout or an app wrapper. */
  layout(render: AnyComponent<PageProps<unknown, State>>): typeof render;

  /** One middleware, or several that run in order. */
  middleware<M extends Middleware<State> | Middleware<State>[]>(middleware: M): typeof middleware;
}

/** The `define` functions for one type of state. */
export function createDefine<State>(): Define<State> {
  return {
    handlers: (handlers) => handlers,
    page: (render) => render,
    layout: (render) => render,
    middleware: (middleware) => middleware,
  };
}

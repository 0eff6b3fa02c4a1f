import type { Context } from "./context.ts";

/** The HTTP methods that routes answer. */
export const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

/** An HTTP method. */
export type Method = typeof METHODS[number];

/** What a handler returns to have its page rendered: the page's data, and how to answer. */
export interface PageResponse<Data> {
  data: Data;
  headers?: HeadersInit;
  status?: number;
}

/** Answers a request, or names the data that the route's component is rendered with. */
export interface HandlerFn<Data, State> {
  (
    ctx: Context<State>,
  ): Response | PageResponse<Data> | Promise<Response | PageResponse<Data>>;
}

/** One handler a method. GET also answers HEAD when HEAD is not named. */
export type HandlerByMethod<Data, State> = { [M in Method]?: HandlerFn<Data, State> };

/** One handler for every method, or one for each. */
export type RouteHandler<Data, State> = HandlerFn<Data, State> | HandlerByMethod<Data, State>;

/** The data that a handler passes to its page. */
export type RouteData<Handler extends RouteHandler<unknown, never>> = Handler extends
  RouteHandler<infer Data, never> ? Data : never;

/** Looks at a request on its way in, at the response on its way out, or answers by itself. */
export type Middleware<State> = (ctx: Context<State>) => Response | Promise<Response>;

/** The older name of `Middleware`. */
export type MiddlewareFn<State> = Middleware<State>;

/** A function that loads the thing when it is first needed. */
export type Lazy<T> = () => Promise<T>;

/** The thing, or a function that loads it. */
export type MaybeLazy<T> = T | Lazy<T>;

/** A middleware, or a function that loads one. Which it is shows when it is first called. */
export type MaybeLazyMiddleware<State> = (
  ctx: Context<State>,
) => Response | Promise<Response | Middleware<State>>;

/** Passes data to the route's component, with headers and a status of choice. */
export function page<Data>(
  data: Data,
  options?: { headers?: HeadersInit; status?: number },
): PageResponse<Data>;
export function page(): PageResponse<undefined>;
export function page<Data>(
  data?: Data,
  options: { headers?: HeadersInit; status?: number } = {},
): PageResponse<Data | undefined> {
  return { data, ...options };
}

/** Runs the middlewares in order, each reaching the next by `ctx.next()`, and `last` after them. */
export function runChain<State>(
  chain: MaybeLazyMiddleware<State>[],
  ctx: Context<State>,
  last: () => Promise<Response>,
): Promise<Response> {
  const step = async (index: number): Promise<Response> => {
    const middleware = chain[index];
    if (middleware === undefined) return await last();
    ctx.next = () => step(index + 1);
    try {
      const answer = await middleware(ctx);
      if (typeof answer !== "function") return answer;
      chain[index] = answer;
      return await answer(ctx);
    } catch (error) {
      ctx.error = error;
      throw error;
    }
  };
  return step(0);
}

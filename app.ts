import { type App, type Context, csp, HttpError, type Middleware, staticFiles } from "fresh";
import { h, type JSX } from "preact";
import { define, type State } from "./define.ts";
import { registerRoutes } from "./fresh.gen.ts";
import { HardenedApp, supportIdOf } from "./hardened_app.ts";
import type { Services } from "./lib/app/services.ts";
import { allowedMethods } from "./lib/http/allowed_methods.ts";
import { isApiPath, needsServices } from "./lib/http/api_paths.ts";
import { errorProblem } from "./lib/http/error_problem.ts";
import { problemResponse } from "./lib/http/problem_response.ts";
import ErrorPage from "./routes/_error.tsx";

/**
 * The site and the API on services that are asked for when the first request needs them. Opens and
 * starts nothing. `files` answers for the site's files, and passes on what is none: a home without a
 * file system has its own.
 */
export function createApp(
  services: () => Promise<Services>,
  files: Middleware<State> = staticFiles(),
): App<State> {
  const app = new HardenedApp();
  // It gives each page the nonce of its own scripts; what else it allows is taken back at the door.
  const nonces = csp<State>({ useNonce: true });
  app.use((ctx) => isApiPath(ctx.url.pathname) ? ctx.next() : nonces(ctx));
  app.use(answerErrors);
  app.use(files);
  app.use(async (ctx) => {
    if (needsServices(ctx.url.pathname)) ctx.state.services = await services();
    return await ctx.next();
  });
  registerRoutes(app);
  return app;
}

/**
 * Answers what is not there and what went wrong: to programs with a document, to people with the error
 * page. Fresh would render that page itself, but outside of the middlewares, where it gets no nonce.
 */
const answerErrors = define.middleware(async (ctx) => {
  const { req: { method }, url: { pathname }, state } = ctx;
  state.supportId = supportIdOf(ctx.req);
  state.session = null;
  if (method === "OPTIONS") {
    const allow = apiMethods(pathname);
    if (allow !== null) return new Response(null, { status: 204, headers: { allow } });
  }
  try {
    return await ctx.next();
  } catch (error) {
    const status = error instanceof HttpError ? error.status : null;
    // A 503 is an answer on purpose, and told to whoever asked.
    if (status === null || (status >= 500 && status !== 503)) {
      console.error(`request ${state.supportId}:`, error);
    }
    if (!isApiPath(pathname)) return await errorPage(ctx, error, status ?? 500);
    const allow = apiMethods(pathname);
    return problemResponse(errorProblem({ status, method, pathname }), {
      supportId: state.supportId,
      ...(status === 405 && allow !== null ? { headers: { allow } } : {}),
    });
  }
});

/** What an address of the API answers, for the Allow header; null where there is none. */
function apiMethods(pathname: string): string | null {
  return isApiPath(pathname) ? allowedMethods(pathname) : null;
}

function errorPage(ctx: Context<State>, error: unknown, status: number): Promise<Response> {
  const { config, url, req, params, info, state, isPartial, Component, route } = ctx;
  const around = { config, url, req, params, info, state, isPartial, Component, route };
  // No handler gives this page data, so its type has none.
  const shown: JSX.Element = h(ErrorPage, { ...around, error, data: undefined as never });
  return ctx.render(shown, { status });
}

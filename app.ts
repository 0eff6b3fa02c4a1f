import { type App, csp, HttpError, staticFiles } from "fresh";
import { define, type State } from "./define.ts";
import { registerRoutes } from "./fresh.gen.ts";
import { HardenedApp, supportIdOf } from "./hardened_app.ts";
import type { Services } from "./lib/app/services.ts";
import { allowedMethods } from "./lib/http/allowed_methods.ts";
import { isApiPath, needsServices } from "./lib/http/api_paths.ts";
import { errorProblem } from "./lib/http/error_problem.ts";
import { problemResponse } from "./lib/http/problem_response.ts";

/**
 * The site and the API on services that are asked for when the first request needs them. Opens and
 * starts nothing.
 */
export function createApp(services: () => Promise<Services>): App<State> {
  const app = new HardenedApp();
  // It gives each page the nonce of its own scripts; what else it allows is taken back at the door.
  app.use(csp<State>({ useNonce: true }));
  app.use(answerForPrograms);
  app.use(staticFiles());
  app.use(async (ctx) => {
    if (needsServices(ctx.url.pathname)) ctx.state.services = await services();
    return await ctx.next();
  });
  registerRoutes(app);
  return app;
}

/** Programs get documents where people get pages: for what is not there, and for what went wrong. */
const answerForPrograms = define.middleware(async (ctx) => {
  const { req: { method }, url: { pathname }, state } = ctx;
  state.supportId = supportIdOf(ctx.req);
  state.session = null;
  const allow = isApiPath(pathname) ? allowedMethods(pathname) : null;
  if (allow !== null && method === "OPTIONS") {
    return new Response(null, { status: 204, headers: { allow } });
  }
  try {
    return await ctx.next();
  } catch (error) {
    const status = error instanceof HttpError ? error.status : null;
    if (status === null || status >= 500) console.error(`request ${state.supportId}:`, error);
    if (!isApiPath(pathname)) throw error;
    return problemResponse(errorProblem({ status, method, pathname }), {
      supportId: state.supportId,
      ...(status === 405 && allow !== null ? { headers: { allow } } : {}),
    });
  }
});

import { HttpError } from "fresh";
import { define } from "../define.ts";
import { isApiPath, needsServices } from "../lib/http/api_paths.ts";
import { readCredentials } from "../lib/http/credentials.ts";
import { crossSiteProblem } from "../lib/http/cross_site.ts";
import { type Problem, PROBLEMS } from "../lib/http/problem.ts";
import { problemResponse } from "../lib/http/problem_response.ts";

const UNKNOWN_TOKEN: Problem = {
  slug: "unauthenticated",
  detail:
    "The Authorization header holds no token that is good here, so nothing was done. The token " +
    "may have expired: sign in again.",
};

/**
 * Finds out who is asking, and refuses what another site's page makes a browser ask. A program whose
 * token is not known is told so; a browser whose cookie is not known is a visitor.
 */
export const handler = define.middleware(async (ctx) => {
  const { req, url, state } = ctx;
  if (!needsServices(url.pathname)) return await ctx.next();

  const credentials = readCredentials(req.headers);
  const crossSite = crossSiteProblem(
    { method: req.method, url, headers: req.headers },
    credentials,
  );
  if (crossSite) return refuse(crossSite);
  if (credentials.kind === "malformed") return refuse(UNKNOWN_TOKEN);
  if (credentials.kind !== "none") {
    state.session = await state.services.session(credentials.token);
    if (credentials.kind === "bearer" && !state.session) return refuse(UNKNOWN_TOKEN);
  }
  return await ctx.next();

  function refuse(problem: Problem): Response {
    if (isApiPath(url.pathname)) return problemResponse(problem, { supportId: state.supportId });
    throw new HttpError(PROBLEMS[problem.slug].status, problem.detail);
  }
});

import { App } from "fresh";
import { type State } from "./define.ts";
import { allowedMethods } from "./lib/http/allowed_methods.ts";
import { errorProblem } from "./lib/http/error_problem.ts";
import { hardenedHeaders } from "./lib/http/hardened_headers.ts";
import { problemResponse } from "./lib/http/problem_response.ts";

/** The methods that Fresh routes; it has no defined answer to any other. */
const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

const supportIds = new WeakMap<Request, string>();

/** The support id of a request that a {@link HardenedApp} is answering. */
export function supportIdOf(request: Request): string {
  return supportIds.get(request) ?? "";
}

/**
 * Fresh's app, with one door in front of it through which every answer leaves: pages, files,
 * redirects, and errors, which Fresh answers outside of all middlewares. There each gets the headers
 * that protect its reader, and the id by which support finds it.
 */
export class HardenedApp extends App<State> {
  override handler(): (request: Request, info?: Deno.ServeHandlerInfo) => Promise<Response> {
    const answer = super.handler();
    return async (request, info) => {
      const supportId = crypto.randomUUID();
      supportIds.set(request, supportId);
      const url = new URL(request.url);
      const response = unroutable(request, url, supportId) ?? await answer(request, info);
      const { status, statusText } = response;
      const headers = hardenedHeaders(response.headers, {
        url,
        headers: request.headers,
        supportId,
      });
      return new Response(response.body, { status, statusText, headers });
    };
  }
}

/** An answer to what must not reach the router, which would throw. */
function unroutable({ method }: Request, url: URL, supportId: string): Response | null {
  const { pathname } = url;
  const status = !METHODS.has(method) ? 405 : isDecodable(pathname) ? null : 404;
  if (status === null) return null;
  const allow = allowedMethods(pathname) ?? "GET, HEAD";
  return problemResponse(errorProblem({ status, method, pathname }), {
    supportId,
    ...(status === 405 ? { headers: { allow } } : {}),
  });
}

function isDecodable(pathname: string): boolean {
  try {
    decodeURI(pathname);
    return true;
  } catch {
    return false;
  }
}

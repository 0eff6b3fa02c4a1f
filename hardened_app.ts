import { App } from "fresh";
import { type State } from "./define.ts";
import { allowedMethods } from "./lib/http/allowed_methods.ts";
import { errorProblem } from "./lib/http/error_problem.ts";
import { hardenHeaders } from "./lib/http/hardened_headers.ts";
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
      const response = unroutable(request, supportId) ?? await answer(request, info);
      return harden(response, request, supportId);
    };
  }
}

/** The answer itself wherever it can be changed: a copy would cost as much as all else here. */
function harden(
  response: Response,
  { url, headers }: Request,
  supportId: string,
): Response {
  const asked = { url, headers, supportId };
  try {
    hardenHeaders(response.headers, asked);
    return response;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // Redirects that the platform made, and answers that were fetched, cannot be changed.
    const { body, status, statusText } = response;
    const copy = new Response(body, { status, statusText, headers: response.headers });
    hardenHeaders(copy.headers, asked);
    return copy;
  }
}

/** An answer to what must not reach the router, which would throw. */
function unroutable({ method, url }: Request, supportId: string): Response | null {
  const status = !METHODS.has(method) ? 405 : isDecodable(url) ? null : 404;
  if (status === null) return null;
  const { pathname } = new URL(url);
  const allow = allowedMethods(pathname) ?? "GET, HEAD";
  return problemResponse(errorProblem({ status, method, pathname }), {
    supportId,
    ...(status === 405 ? { headers: { allow } } : {}),
  });
}

/** Nothing but a percent sign can be wrong with a path, and few have any. */
function isDecodable(url: string): boolean {
  if (!url.includes("%")) return true;
  try {
    decodeURI(new URL(url).pathname);
    return true;
  } catch {
    return false;
  }
}

import { HttpError } from "../shared/http_error.ts";
import type { Method } from "./handlers.ts";

/**
 * What ends the chain of a request that no route answers with its method: 404 and 405 are thrown,
 * so that the app's middlewares and error handlers see them alike; OPTIONS names the methods.
 */
export function notAnswered(
  request: { pattern: string | null; method: Method; allowed: Method[] },
): () => Promise<Response> {
  if (request.pattern === null) return () => Promise.reject(new HttpError(404));
  if (request.method !== "OPTIONS") return () => Promise.reject(new HttpError(405));
  const headers = { allow: request.allowed.join(", ") };
  return () => Promise.resolve(new Response(null, { status: 204, headers }));
}

/** Answers what no error handler of the app caught, and shows nothing of an unexpected error. */
export function fallbackError(error: unknown): Response {
  if (!(error instanceof HttpError)) {
    console.error(error);
    return new Response("Internal server error", { status: 500 });
  }
  if (error.status >= 500) console.error(error);
  const text = error.message || REASONS[error.status] || `Status ${error.status}`;
  return new Response(text, { status: error.status });
}

// RFC 9110, section 15.
const REASONS: Record<number, string> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  406: "Not Acceptable",
  409: "Conflict",
  410: "Gone",
  412: "Precondition Failed",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  429: "Too Many Requests",
  500: "Internal Server Error",
  501: "Not Implemented",
  503: "Service Unavailable",
};

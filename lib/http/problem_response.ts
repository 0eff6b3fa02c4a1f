import { type Problem, problemDocument, type ProblemSlug } from "./problem.ts";

/** Seconds after which it is worth asking again. */
const RETRY_AFTER: Partial<Record<ProblemSlug, string>> = {
  "contended": "1",
  "outcome-unknown": "1",
  "not-ready": "5",
};

/** The answer that carries a problem. `supportId` as in `problemDocument`; `headers` are added. */
export function problemResponse(
  problem: Problem,
  options: { readonly supportId?: string; readonly headers?: HeadersInit } = {},
): Response {
  const document = problemDocument(problem, options.supportId);
  const headers = new Headers(options.headers);
  headers.set("content-type", "application/problem+json");
  const retryAfter = RETRY_AFTER[problem.slug];
  if (retryAfter !== undefined) headers.set("retry-after", retryAfter);
  return new Response(JSON.stringify(document), { status: document.status, headers });
}

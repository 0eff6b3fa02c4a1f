import { type Problem, problemDocument, type ProblemSlug } from "./problem.ts";

/** Headers that go with a kind of problem. Retry-After is in seconds. */
const HEADERS: Partial<Record<ProblemSlug, Readonly<Record<string, string>>>> = {
  "unauthenticated": { "www-authenticate": 'Bearer realm="holdfast"' },
  "contended": { "retry-after": "1" },
  "outcome-unknown": { "retry-after": "1" },
  "not-ready": { "retry-after": "5" },
};

/** The answer that carries a problem. `supportId` as in `problemDocument`; `headers` are added. */
export function problemResponse(
  problem: Problem,
  options: {
    readonly supportId?: string;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): Response {
  const document = problemDocument(problem, options.supportId);
  return new Response(JSON.stringify(document), {
    status: document.status,
    headers: {
      "content-type": "application/problem+json",
      ...HEADERS[problem.slug],
      ...options.headers,
    },
  });
}

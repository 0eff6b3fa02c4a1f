import type { Credentials } from "./credentials.ts";
import type { Problem } from "./problem.ts";

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Whether a request that changes something may have been made by another site's page in the caller's
 * browser; the problem to answer with, or null. The browser itself says where a request comes from
 * (Fetch Metadata, or the Origin header where there is none of it), and a page cannot change that. A
 * request that says nothing at all comes from a program: it passes, unless it shows a session's cookie.
 * Holds for callers without a session too, so that no site can sign a visitor in.
 */
export function crossSiteProblem(
  request: { readonly method: string; readonly url: URL; readonly headers: Headers },
  credentials: Credentials,
): Problem | null {
  if (SAFE_METHODS.has(request.method)) return null;
  // A page of another site cannot make a browser send this header without our consent, never given.
  if (credentials.kind === "bearer") return null;
  const source = sourceOf(request);
  if (source === "same" || (source === "unsaid" && credentials.kind !== "cookie")) return null;
  return {
    slug: "csrf",
    detail: "The request did not come from a page of this site, so we did nothing. Nothing was " +
      "charged. Open this site and try there; a program sends its token as a Bearer token.",
  };
}

function sourceOf(
  { url, headers }: { readonly url: URL; readonly headers: Headers },
): "same" | "other" | "unsaid" {
  const site = headers.get("sec-fetch-site");
  if (site === "same-origin") return "same";
  if (site !== null && site !== "none") return "other";
  const origin = headers.get("origin");
  if (origin !== null) return isOwn(origin, url) ? "same" : "other";
  return "unsaid";
}

/**
 * Hosts are compared with their ports, and schemes only so far: behind a proxy that ends TLS our own
 * address reads http while the page's origin is https. The other way round is another site's page.
 */
function isOwn(origin: string, own: URL): boolean {
  const page = URL.parse(origin);
  if (page === null || page.host !== own.host) return false;
  return page.protocol === own.protocol || (page.protocol === "https:" && own.protocol === "http:");
}

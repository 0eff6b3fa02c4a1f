import { NO_CONTENT_POLICY, nonceIn, pagePolicy } from "./content_security_policy.ts";

/** The header that names a request for support. */
export const SUPPORT_ID = "X-Request-Id";

/** By which some editions of Fresh hand the nonce to their policy; a page that missed it keeps it. */
const FRESH_NONCE = "x-fresh-nonce";

const ALWAYS = Object.entries({
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy":
    "browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()",
});

const TWO_YEARS_OF_HTTPS = "max-age=63072000";

/**
 * Gives the headers of an answer those that protect whoever reads it. Of a policy that a page brings
 * only the nonce is kept, so that nothing can ever allow inline script. What does not say how it may
 * be cached is not. Throws a TypeError, before any change, when the headers are immutable.
 */
export function hardenHeaders(
  headers: Headers,
  request: { readonly url: string; readonly headers: Headers; readonly supportId: string },
): void {
  for (const [name, value] of ALWAYS) headers.set(name, value);
  headers.set(SUPPORT_ID, request.supportId);
  headers.delete(FRESH_NONCE);
  headers.set("content-security-policy", policyFor(headers));
  if (isHttps(request)) headers.set("strict-transport-security", TWO_YEARS_OF_HTTPS);
  if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
}

function policyFor(headers: Headers): string {
  const isPage = headers.get("content-type")?.startsWith("text/html") ?? false;
  return isPage ? pagePolicy(nonceIn(headers.get("content-security-policy"))) : NO_CONTENT_POLICY;
}

/** A proxy's word is enough here: over plain http browsers ignore what follows from it. */
function isHttps({ url, headers }: { readonly url: string; readonly headers: Headers }): boolean {
  return url.startsWith("https:") || headers.get("x-forwarded-proto") === "https";
}

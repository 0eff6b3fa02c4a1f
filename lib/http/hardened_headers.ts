import { NO_CONTENT_POLICY, nonceIn, pagePolicy } from "./content_security_policy.ts";

/** The header that names a request for support. */
export const SUPPORT_ID = "X-Request-Id";

/** By which some editions of Fresh hand the nonce to their policy; a page that missed it keeps it. */
const FRESH_NONCE = "x-fresh-nonce";

const ALWAYS = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy":
    "browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()",
};

const TWO_YEARS_OF_HTTPS = "max-age=63072000";

/**
 * The headers that an answer leaves with: its own, and those that protect whoever reads it. Of a
 * policy that a page brings only the nonce is kept, so that nothing can ever allow inline script.
 * What does not say how it may be cached is not.
 */
export function hardenedHeaders(
  own: Headers,
  request: { readonly url: URL; readonly headers: Headers; readonly supportId: string },
): Headers {
  const headers = new Headers(own);
  for (const [name, value] of Object.entries(ALWAYS)) headers.set(name, value);
  headers.set(SUPPORT_ID, request.supportId);
  headers.delete(FRESH_NONCE);
  const isPage = headers.get("content-type")?.startsWith("text/html") ?? false;
  const nonce = nonceIn(headers.get("content-security-policy"));
  headers.set("content-security-policy", isPage ? pagePolicy(nonce) : NO_CONTENT_POLICY);
  if (isHttps(request)) headers.set("strict-transport-security", TWO_YEARS_OF_HTTPS);
  if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
  return headers;
}

/** A proxy's word is enough here: over plain http browsers ignore what follows from it. */
function isHttps({ url, headers }: { readonly url: URL; readonly headers: Headers }): boolean {
  return url.protocol === "https:" || headers.get("x-forwarded-proto") === "https";
}

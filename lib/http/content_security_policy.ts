/** Nothing may be loaded or framed: the policy of everything that is not a page. */
export const NO_CONTENT_POLICY = "default-src 'none'; frame-ancestors 'none'";

/**
 * The policy of a page: its own files, and inline scripts and styles only with the nonce of this one
 * answer. Without a nonce no inline script runs at all.
 */
export function pagePolicy(nonce: string | null): string {
  const inline = nonce === null ? "" : ` 'nonce-${nonce}'`;
  return [
    "default-src 'self'",
    `script-src 'self'${inline}`,
    `style-src 'self'${inline}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

const NONCE = /'nonce-([A-Za-z0-9+/_-]+={0,2})'/;

/** The nonce that a policy names; null when it names none. */
export function nonceIn(policy: string | null): string | null {
  return NONCE.exec(policy ?? "")?.[1] ?? null;
}

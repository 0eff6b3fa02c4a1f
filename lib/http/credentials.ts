/** The session cookie. The prefix makes browsers keep it to this host, to https and to the whole site. */
export const SESSION_COOKIE = "__Host-holdfast";

/** What a request shows of its caller. `malformed`: an Authorization header that is not ours. */
export type Credentials =
  | { readonly kind: "none" }
  | { readonly kind: "bearer"; readonly token: string }
  | { readonly kind: "malformed" }
  | { readonly kind: "cookie"; readonly token: string };

const TOKEN = /^[0-9a-z]{20,100}$/;
const BEARER = /^Bearer +([^ ]+)$/i;

/**
 * Reads the caller's token. An Authorization header wins over a cookie, also when it is malformed: a
 * program that gave one meant it. A cookie that cannot be a token counts as none.
 */
export function readCredentials(headers: Headers): Credentials {
  const authorization = headers.get("authorization");
  if (authorization !== null) {
    const token = BEARER.exec(authorization)?.[1];
    return token && TOKEN.test(token) ? { kind: "bearer", token } : { kind: "malformed" };
  }
  const token = cookieOf(headers);
  return token !== null && TOKEN.test(token) ? { kind: "cookie", token } : { kind: "none" };
}

/** The Set-Cookie value that signs a browser in for `maxAgeMs`. */
export function sessionCookie(token: string, maxAgeMs: number): string {
  return `${SESSION_COOKIE}=${token}; ${ATTRIBUTES}; Max-Age=${Math.floor(maxAgeMs / 1_000)}`;
}

/** The Set-Cookie value that signs a browser out. */
export function endedSessionCookie(): string {
  return `${SESSION_COOKIE}=; ${ATTRIBUTES}; Max-Age=0`;
}

const ATTRIBUTES = "Path=/; Secure; HttpOnly; SameSite=Lax";

function cookieOf(headers: Headers): string | null {
  for (const pair of (headers.get("cookie") ?? "").split(";")) {
    const equals = pair.indexOf("=");
    if (pair.slice(0, equals).trim() === SESSION_COOKIE) return pair.slice(equals + 1).trim();
  }
  return null;
}

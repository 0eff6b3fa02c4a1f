import { assertEquals, assertMatch } from "@std/assert";
import {
  endedSessionCookie,
  readCredentials,
  SESSION_COOKIE,
  sessionCookie,
} from "../../lib/http/credentials.ts";

const A = "a".repeat(40);
const B = "b".repeat(40);

function read(headers: Record<string, string>) {
  return readCredentials(new Headers(headers));
}

Deno.test("readCredentials() prefers the bearer token to the cookie", () => {
  const both = { authorization: `Bearer ${A}`, cookie: `${SESSION_COOKIE}=${B}` };
  assertEquals(read(both), { kind: "bearer", token: A });
});

Deno.test("readCredentials() calls an Authorization that is not ours malformed, cookie or not", () => {
  const foreign = [
    "",
    "Bearer",
    "Bearer ",
    "Basic YTpi",
    `Bearer ${A} x`,
    "Bearer ../etc",
    `Token ${A}`,
  ];
  for (const authorization of foreign) {
    const kind = read({ authorization, cookie: `${SESSION_COOKIE}=${B}` }).kind;
    assertEquals(kind, "malformed", authorization);
  }
});

Deno.test("readCredentials() finds the cookie among others, by its exact name", () => {
  const cookie = `x=1; ${SESSION_COOKIE}2=no; ${SESSION_COOKIE}=${A}; y`;
  assertEquals(read({ cookie }), { kind: "cookie", token: A });
  assertEquals(read({ cookie: `${SESSION_COOKIE}2=${A}` }), { kind: "none" });
});

Deno.test("readCredentials() counts a cookie that cannot be a token as none", () => {
  for (const value of ["", "short", "A".repeat(40), `${A}!`]) {
    assertEquals(read({ cookie: `${SESSION_COOKIE}=${value}` }), { kind: "none" }, value);
  }
});

Deno.test("sessionCookie() keeps the token from scripts, other hosts and plain http", () => {
  assertEquals(
    sessionCookie(A, 60_500),
    `__Host-holdfast=${A}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=60`,
  );
  assertMatch(endedSessionCookie(), /^__Host-holdfast=; Path=\/; Secure; .*; Max-Age=0$/);
});

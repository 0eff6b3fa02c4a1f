import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { hardenHeaders } from "../../lib/http/hardened_headers.ts";

const FALLBACK = "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'unsafe-inline'";

function hardened(own: HeadersInit, { url = "http://localhost/", headers = {} } = {}): Headers {
  const hardened = new Headers(own);
  hardenHeaders(hardened, { url, headers: new Headers(headers), supportId: "id-1" });
  return hardened;
}

function policyOf(own: HeadersInit): string {
  return hardened(own).get("content-security-policy") ?? "";
}

Deno.test("hardenHeaders() keeps of a page's policy the nonce and nothing else", () => {
  const policy = policyOf({
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "script-src 'unsafe-eval' https://evil.example 'nonce-abc123'",
  });
  assertStringIncludes(policy, "script-src 'self' 'nonce-abc123';");
  assert(!policy.includes("evil") && !policy.includes("unsafe"));
});

Deno.test("hardenHeaders() allows no inline script on a page whose policy has no nonce", () => {
  for (const own of [{}, { "content-security-policy": FALLBACK }]) {
    const policy = policyOf({ "content-type": "text/html", ...own });
    assertStringIncludes(policy, "script-src 'self';");
    assert(!policy.includes("unsafe-inline"));
  }
});

Deno.test("hardenHeaders() lets what is not a page load nothing at all", () => {
  const policy = policyOf({
    "content-type": "application/json",
    "content-security-policy": FALLBACK,
  });
  assertEquals(policy, "default-src 'none'; frame-ancestors 'none'");
});

Deno.test("hardenHeaders() never lets a site frame, sniff or embed an answer", () => {
  const headers = hardened({});
  assertEquals(headers.get("x-content-type-options"), "nosniff");
  assertEquals(headers.get("x-frame-options"), "DENY");
  assertEquals(headers.get("cross-origin-opener-policy"), "same-origin");
  assertEquals(headers.get("cross-origin-resource-policy"), "same-origin");
  assertEquals(headers.get("referrer-policy"), "same-origin");
  assertStringIncludes(headers.get("permissions-policy") ?? "", "camera=()");
  assertEquals(headers.get("x-request-id"), "id-1");
});

Deno.test("hardenHeaders() forbids storing what does not say how it may be stored", () => {
  assertEquals(hardened({}).get("cache-control"), "no-store");
  const own = { "cache-control": "public, max-age=31536000, immutable" };
  assertEquals(hardened(own).get("cache-control"), own["cache-control"]);
});

Deno.test("hardenHeaders() asks for https only where it came by https", () => {
  const header = "strict-transport-security";
  assertEquals(hardened({}).has(header), false);
  assertEquals(hardened({}, { url: "https://bets.example/" }).has(header), true);
  assertEquals(hardened({}, { headers: { "x-forwarded-proto": "https" } }).has(header), true);
});

Deno.test("hardenHeaders() keeps every cookie and drops the nonce in a header of its own", () => {
  const own = new Headers({ "x-fresh-nonce": "abc" });
  own.append("set-cookie", "a=1");
  own.append("set-cookie", "b=2");
  const headers = hardened(own);
  assertEquals(headers.getSetCookie(), ["a=1", "b=2"]);
  assertEquals(headers.has("x-fresh-nonce"), false);
});

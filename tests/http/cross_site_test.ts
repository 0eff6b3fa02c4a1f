import { assertEquals } from "@std/assert";
import { readCredentials } from "../../lib/http/credentials.ts";
import { crossSiteProblem } from "../../lib/http/cross_site.ts";

const COOKIE = { cookie: `__Host-holdfast=${"a".repeat(40)}` };
const BEARER = { authorization: `Bearer ${"a".repeat(40)}` };

function verdict(
  headers: Record<string, string>,
  { url = "https://bets.example/api/bets", method = "POST" } = {},
): string {
  const asked = { method, url: new URL(url), headers: new Headers(headers) };
  return crossSiteProblem(asked, readCredentials(asked.headers))?.slug ?? "passes";
}

Deno.test("crossSiteProblem() lets a browser's same-origin request pass", () => {
  assertEquals(verdict({ ...COOKIE, "sec-fetch-site": "same-origin" }), "passes");
  assertEquals(verdict({ ...COOKIE, origin: "https://bets.example" }), "passes");
  const own = { "sec-fetch-site": "none", origin: "https://bets.example" };
  assertEquals(verdict({ ...COOKIE, ...own }), "passes");
});

Deno.test("crossSiteProblem() refuses a cookie without a word of where it comes from", () => {
  assertEquals(verdict(COOKIE), "csrf");
  assertEquals(verdict({ ...COOKIE, "sec-fetch-site": "none" }), "csrf");
});

Deno.test("crossSiteProblem() refuses other sites, other ports and neighbours of the host", () => {
  for (const site of ["cross-site", "same-site"]) {
    assertEquals(verdict({ ...COOKIE, "sec-fetch-site": site }), "csrf", site);
  }
  const origins = [
    "https://evil.example",
    "https://bets.example.evil.example",
    "https://bets.example:8443",
    "http://bets.example",
    "null",
    "nonsense",
    "ftp://bets.example",
  ];
  for (const origin of origins) assertEquals(verdict({ ...COOKIE, origin }), "csrf", origin);
});

Deno.test("crossSiteProblem() refuses them without a cookie too: nobody signs a visitor in", () => {
  assertEquals(verdict({ "sec-fetch-site": "cross-site" }), "csrf");
  assertEquals(verdict({ origin: "https://evil.example" }), "csrf");
});

Deno.test("crossSiteProblem() lets a program pass that has no cookie and no origin", () => {
  assertEquals(verdict({}), "passes");
  assertEquals(verdict(BEARER), "passes");
});

Deno.test("crossSiteProblem() lets a bearer token pass from anywhere: no page can add it unasked", () => {
  assertEquals(verdict({ ...BEARER, ...COOKIE, origin: "https://other.example" }), "passes");
});

Deno.test("crossSiteProblem() knows its own pages behind a proxy that ends TLS", () => {
  const url = "http://bets.example/api/bets";
  assertEquals(verdict({ ...COOKIE, origin: "https://bets.example" }, { url }), "passes");
});

Deno.test("crossSiteProblem() has nothing against requests that change nothing", () => {
  for (const method of ["GET", "HEAD", "OPTIONS"]) {
    assertEquals(verdict({ ...COOKIE, "sec-fetch-site": "cross-site" }, { method }), "passes");
  }
  for (const method of ["PUT", "PATCH", "DELETE"]) {
    assertEquals(verdict({ ...COOKIE, "sec-fetch-site": "cross-site" }, { method }), "csrf");
  }
});

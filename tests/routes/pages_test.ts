import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { bearer, openSite, type Site } from "./site.ts";

/** Every inline script of a page carries the nonce that the page's policy allows. */
async function assertOnlyNoncedScripts(response: Response): Promise<string> {
  const policy = response.headers.get("content-security-policy") ?? "";
  const html = await response.text();
  const nonce = /script-src 'self' 'nonce-([^']+)'/.exec(policy)?.[1];
  assert(nonce, policy);
  assert(!policy.includes("unsafe"), policy);
  const inline = [...html.matchAll(/<script\b([^>]*)>/g)].filter(([, attributes = ""]) =>
    !/\bsrc=/.test(attributes) && !/type="application\/json"/.test(attributes)
  );
  for (const [tag] of inline) assertStringIncludes(tag, `nonce="${nonce}"`);
  return html;
}

Deno.test("a page's policy allows inline scripts by its own nonce alone, errors included", async () => {
  const errors = console.error;
  console.error = () => {};
  try {
    const site = openSite();
    const nonces = new Set<string>();
    for (const [path, status] of [["/", 200], ["/nope", 404], ["/", 500]] as const) {
      if (status === 500) site.services.events = () => Promise.reject(new Error("lost"));
      const response = await site.fetch(path, { headers: { accept: "text/html" } });
      assertEquals(response.status, status, path);
      assertEquals(response.headers.get("cache-control"), "no-store");
      nonces.add(
        /'nonce-([^']+)'/.exec(response.headers.get("content-security-policy") ?? "")?.[1] ?? "",
      );
      const html = await assertOnlyNoncedScripts(response);
      assert(!html.includes("lost"), "nothing of the error is shown");
    }
    assertEquals(nonces.size, 3);
  } finally {
    console.error = errors;
  }
});

Deno.test("a page refuses another site's form with a page", async () => {
  const site = openSite();
  const response = await site.fetch("/demo", {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "sec-fetch-site": "cross-site",
    },
    body: "role=player",
  });
  assertEquals(response.status, 403);
  assertMatch(response.headers.get("content-type") ?? "", /^text\/html/);
  await response.body?.cancel();
  assertEquals(site.database.sessions.size, 0);
});

Deno.test("/docs/api shows every operation, every kind of problem and a command that works", async () => {
  const site = openSite();
  const html = await assertOnlyNoncedScripts(await site.fetch("/docs/api"));
  for (const id of ["placeBet", "listEvents", "getRequest", "listAuditRecords"]) {
    assertStringIncludes(html, `id="${id}"`);
  }
  for (const slug of ["price-changed", "outcome-unknown", "method-not-allowed"]) {
    assertStringIncludes(html, `urn:holdfast:problem:${slug}`);
  }
  assertStringIncludes(html, "stakeMinor");
  assertStringIncludes(html, "legs[].price");
  assertEquals(await placesExampleBet(site, html), 201);
});

/** Sends the body that the page's example shows. */
async function placesExampleBet(site: Site, html: string): Promise<number> {
  const text = html.replaceAll("&quot;", '"').replaceAll("&#39;", "'");
  const body = /-d '(\{"legs".*?\})'/.exec(text)?.[1] ?? "";
  const token = await site.signIn("player");
  const response = await site.bet({ token, key: "my-first-bet", body });
  await response.body?.cancel();
  const seen = await site.fetch("/api/requests/my-first-bet", { headers: bearer(token) });
  assertEquals((await seen.json()).status, "accepted");
  return response.status;
}

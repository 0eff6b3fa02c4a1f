import { assert, assertEquals, assertMatch } from "@std/assert";
import { createApp } from "../../app.ts";
import { OPERATIONS } from "../../lib/http/operations.ts";
import { bearer, openSite, ORIGIN } from "./site.ts";

Deno.test("GET /api/events shows exact prices with their displays, versions and start times", async () => {
  const site = openSite();
  const { events: [event] } = await (await site.fetch("/api/events")).json();
  assertEquals(event, {
    id: "derby",
    sport: "football",
    competition: "League",
    name: "Home v Away",
    startsAt: "2026-01-01T12:00:00.000Z",
    markets: [{
      id: "match",
      name: "Match result",
      status: "open",
      version: 1,
      selections: [
        {
          id: "home",
          name: "Home",
          price: { num: 5, den: 2 },
          display: { decimal: "2.50", fractional: "3/2", american: "+150" },
        },
        {
          id: "away",
          name: "Away",
          price: { num: 21, den: 11 },
          display: { decimal: "1.91", fractional: "10/11", american: "-110" },
        },
      ],
    }],
  });
  assertEquals(await (await site.fetch("/api/events/derby")).json(), event);
});

Deno.test("an address of the API that is not there is a problem document", async () => {
  const site = openSite();
  for (const path of ["/api", "/api/", "/api/nope", "/api/events/nope", "/api/events/%E0%A4%A"]) {
    const response = await site.fetch(path);
    assertEquals(response.status, 404, path);
    assertEquals(response.headers.get("content-type"), "application/problem+json", path);
    assertMatch((await response.json()).type, /:not-found$/);
  }
});

for (const { method, path } of OPERATIONS) {
  const address = path.replace(/\{\w+\}/g, "x");

  Deno.test(`${path} refuses other methods with Allow, ${method} among them`, async () => {
    const site = openSite();
    for (const other of ["DELETE", "PUT", "PATCH", "PROPFIND"]) {
      const response = await site.fetch(address, { method: other });
      assertEquals(response.status, 405, other);
      assertMatch((await response.json()).type, /:method-not-allowed$/);
      const allowed = response.headers.get("allow")?.split(", ") ?? [];
      assert(allowed.includes(method.toUpperCase()), allowed.join());
      assert(!allowed.includes(other));
    }
    const options = await site.fetch(address, { method: "OPTIONS" });
    assertEquals(options.status, 204);
    assert(options.headers.get("allow")?.includes(method.toUpperCase()));
  });
}

Deno.test("HEAD answers as GET does, without the body", async () => {
  const site = openSite();
  const token = await site.signIn("player");
  for (const path of ["/api/events", "/api/account", "/healthz", "/api/bets/none", "/api/nope"]) {
    const get = await site.fetch(path, { headers: bearer(token) });
    await get.body?.cancel();
    const head = await site.fetch(path, { method: "HEAD", headers: bearer(token) });
    assertEquals(head.status, get.status, path);
    assertEquals(head.headers.get("content-type"), get.headers.get("content-type"), path);
    assertEquals(await head.text(), "", path);
  }
});

Deno.test("/healthz and /openapi.json answer while the store cannot be opened", async () => {
  const handler = createApp(() => Promise.reject(new Error("no store"))).handler();
  for (const path of ["/healthz", "/openapi.json"]) {
    const response = await handler(new Request(ORIGIN + path));
    assertEquals(response.status, 200, path);
    await response.body?.cancel();
  }
});

Deno.test("/readyz answers not-ready when the store does not open or does not answer", async () => {
  const logged = silenceErrors();
  try {
    const unopened = createApp(() => Promise.reject(new Error("no store"))).handler();
    const unready = openSite();
    unready.services.ready = () => Promise.reject(new Error("no answer"));
    for (
      const response of [
        await unopened(new Request(`${ORIGIN}/readyz`)),
        await unready.fetch("/readyz"),
      ]
    ) {
      assertEquals(response.status, 503);
      assertMatch(response.headers.get("retry-after") ?? "", /^\d+$/);
      assertMatch((await response.json()).type, /:not-ready$/);
    }
    assertEquals((await openSite().fetch("/readyz")).status, 200);
  } finally {
    logged.restore();
  }
});

Deno.test("an unexpected error is logged under its support id and told without its insides", async () => {
  const logged = silenceErrors();
  try {
    const site = openSite();
    site.services.events = () => Promise.reject(new Error("secret of the store"));
    const response = await site.fetch("/api/events");
    assertEquals(response.status, 500);
    const text = await response.text();
    assert(!text.includes("secret"));
    const document = JSON.parse(text);
    assertMatch(document.type, /:internal$/);
    const supportId = response.headers.get("x-request-id") ?? "none";
    assertEquals(document.instance, `urn:holdfast:support:${supportId}`);
    assert(logged.lines().some((line) => line.includes(supportId) && line.includes("secret")));
  } finally {
    logged.restore();
  }
});

Deno.test("an unexpected error while placing a bet promises nothing about the money", async () => {
  const logged = silenceErrors();
  try {
    const site = openSite();
    const token = await site.signIn("player");
    site.services.placeBet = () => Promise.reject(new Error("lost"));
    const { detail } = await (await site.bet({ token })).json();
    assertMatch(detail, /same Idempotency-Key/);
    assert(!/[Nn]othing was (?:charged|changed)/.test(detail), detail);
  } finally {
    logged.restore();
  }
});

Deno.test("every answer carries a support id of its own and the headers that protect its reader", async () => {
  const site = openSite();
  const ids = new Set<string>();
  const paths = ["/api/events", "/api/nope", "/nope", "/healthz", "/api/account", "/%E0%A4%A"];
  for (const path of paths) {
    for (const method of ["GET", "HEAD", "OPTIONS", "DELETE"]) {
      const { headers, body } = await site.fetch(path, { method });
      await body?.cancel();
      ids.add(headers.get("x-request-id") ?? "");
      const policy = headers.get("content-security-policy") ?? "";
      assert(!policy.includes("unsafe-inline"), policy);
      assertMatch(policy, /frame-ancestors 'none'/);
      assertEquals(headers.get("x-content-type-options"), "nosniff", `${method} ${path}`);
      if (path.startsWith("/api/")) assertEquals(headers.get("cache-control"), "no-store");
    }
  }
  assertEquals(ids.size, paths.length * 4);
  assert(!ids.has(""));
});

/** Keeps what is logged as an error for the test to read. */
function silenceErrors() {
  const original = console.error;
  const lines: string[] = [];
  console.error = (...values: unknown[]) => {
    lines.push(
      values.map((value) => typeof value === "string" ? value : Deno.inspect(value)).join(" "),
    );
  };
  return { lines: () => lines, restore: () => console.error = original };
}

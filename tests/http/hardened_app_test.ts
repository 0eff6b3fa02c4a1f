import { assertEquals } from "@std/assert";
import { HardenedApp } from "../../hardened_app.ts";

const ORIGIN = "https://bets.example";

function ask(path: string, init?: RequestInit): Promise<Response> {
  const handler = new HardenedApp()
    .get("/away", () => Response.redirect(`${ORIGIN}/elsewhere`, 303))
    .get("/here", ({ url }) => new Response(url.search, { headers: { "x-own": "kept" } }))
    .handler();
  return handler(new Request(ORIGIN + path, init));
}

Deno.test("HardenedApp protects an answer whose headers cannot be changed", async () => {
  const { status, headers } = await ask("/away");
  assertEquals(status, 303);
  assertEquals(headers.get("location"), `${ORIGIN}/elsewhere`);
  assertEquals(headers.get("x-frame-options"), "DENY");
  assertEquals(headers.get("strict-transport-security"), "max-age=63072000");
  assertEquals(headers.get("x-request-id")?.length, 36);
});

Deno.test("HardenedApp leaves the rest of an answer as it is", async () => {
  const answer = await ask("/here?%E0");
  assertEquals(answer.status, 200);
  assertEquals(answer.headers.get("x-own"), "kept");
  assertEquals(answer.headers.get("x-frame-options"), "DENY");
  assertEquals(await answer.text(), "?%E0");
});

Deno.test("HardenedApp answers a path that cannot be decoded, and a method that nobody routes", async () => {
  const undecodable = await ask("/%E0%A4%A");
  assertEquals([undecodable.status, undecodable.headers.get("x-frame-options")], [404, "DENY"]);
  const unrouted = await ask("/here", { method: "PROPFIND" });
  assertEquals([unrouted.status, unrouted.headers.get("allow")], [405, "GET, HEAD"]);
});

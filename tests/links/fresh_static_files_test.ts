import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { Builder } from "fresh/dev";
import type { State } from "./fixture/define.ts";
import { app } from "./fixture/main.ts";

const apply = await new Builder<State>({ root: new URL("./fixture/", import.meta.url).href })
  .build({ snapshot: "memory" });
apply(app);
const handler = app.handler();

async function ask(path: string, init?: RequestInit) {
  const response = await handler(new Request(`http://localhost${path}`, init));
  return { response, text: await response.text() };
}

/** A URL with the build's id, as a page names it. */
async function versionedLogo(): Promise<string> {
  const { text } = await ask("/");
  return /<img id="logo" src="([^"]+)"/.exec(text)?.[1] ?? "";
}

Deno.test("staticFiles() serves a file with its type, size and tag, to be asked for again", async () => {
  const { response, text } = await ask("/site.css");
  assertEquals(text, "body {\n  margin: 0;\n}\n");
  assertEquals(response.headers.get("content-type"), "text/css; charset=utf-8");
  assertEquals(response.headers.get("content-length"), "22");
  assertEquals(response.headers.get("cache-control"), "no-cache");
  assertMatch(response.headers.get("etag") ?? "", /^W\/"[0-9a-f]{32}"$/);
});

Deno.test("staticFiles() answers 304 when a listed tag is the file's, weak or strong", async () => {
  const tag = (await ask("/site.css")).response.headers.get("etag") ?? "";
  const asking = async (value: string) =>
    (await ask("/site.css", { headers: { "if-none-match": value } })).response.status;
  assertEquals(await asking(tag), 304);
  assertEquals(await asking(tag.slice(2)), 304);
  assertEquals(await asking(`"other", ${tag}`), 304);
  assertEquals(await asking("*"), 304);
  assertEquals(await asking('"other"'), 200);
});

Deno.test("staticFiles() lets a URL of this build be kept for a year, and leads others to it", async () => {
  const url = await versionedLogo();
  assertMatch(url, /^\/logo\.svg\?__frsh_c=[0-9a-f]{32}$/);
  const { response } = await ask(url);
  assertEquals(response.headers.get("cache-control"), "public, max-age=31536000, immutable");
  const old = (await ask("/logo.svg?__frsh_c=old&x=1")).response;
  assertEquals([old.status, old.headers.get("location")], [307, "/logo.svg?x=1"]);
});

Deno.test("staticFiles() keeps bundles for a year", async () => {
  const { response, text } = await ask("/");
  const boot = /import\{boot\}from"([^"]+)"/.exec(text)?.[1] ?? "";
  assertStringIncludes(response.headers.get("link") ?? "", `<${boot}>; rel="modulepreload"`);
  const bundle = (await ask(boot)).response;
  assertEquals(bundle.headers.get("content-type"), "text/javascript; charset=utf-8");
  assertEquals(bundle.headers.get("cache-control"), "public, max-age=31536000, immutable");
});

Deno.test("staticFiles() answers HEAD without a body, and refuses other methods", async () => {
  const head = await ask("/site.css", { method: "HEAD" });
  assertEquals([head.response.status, head.text], [200, ""]);
  assertEquals(head.response.headers.get("content-length"), "22");
  assertEquals((await ask("/site.css", { method: "POST" })).response.status, 405);
});

Deno.test("staticFiles() never leaves its folder and passes on what is not there", async () => {
  for (const path of ["/../main.ts", "/%2e%2e/main.ts", "/..%2fmain.ts", "/%", "/none.css"]) {
    const { response, text } = await ask(path);
    assertEquals(response.status, 404, path);
    assert(!text.includes("new App"), path);
  }
});

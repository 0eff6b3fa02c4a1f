import { assert, assertEquals, assertMatch } from "@std/assert";
import { ASSETS, buildWorkerIfStale } from "../../tasks/cloudflare/build.ts";
import { filesBelow } from "../../tasks/build.ts";
import { type RunningServer, withServer } from "../browser/running_server.ts";

/** Pages and documents that say the same to every visitor. */
const FOR_VISITORS = [
  "/healthz",
  "/readyz",
  "/openapi.json",
  "/docs/api",
  "/demo",
  "/account",
  "/bets",
  "/trading",
  "/audit",
  "/api/account",
  "/api/bets",
  "/api/events/nowhere",
  "/no-such-page",
  "/api/no-such-address",
  "/base.css/",
  "/%",
  "/api/%",
  "/fonts/",
  "/fonts",
  "/index.html",
  "/..%2fworker.js",
  "//base.css",
] as const;

/** Of the connection, of the moment, or of one answer; everything else has to be the same. */
const OF_ITS_OWN = new Set([
  "connection",
  "content-encoding",
  "content-length",
  "date",
  "keep-alive",
  "transfer-encoding",
  "vary",
  "x-request-id",
]);

Deno.test("workerd answers visitors as Deno does, to the byte: status, headers and body", () =>
  onBothHomes(async (deno, workerd) => {
    for (const path of FOR_VISITORS) {
      for (const method of ["GET", "HEAD", "POST", "DELETE", "OPTIONS"]) {
        const init = { method, headers: { "accept-encoding": "identity" } };
        const [expected, actual] = await Promise.all([
          answerOf(deno, path, init),
          answerOf(workerd, path, init),
        ]);
        assertEquals(actual, expected, `${method} ${path}`);
      }
    }
  }));

Deno.test("workerd serves every file with the same bytes, type, tag and lifetime as Deno", async () => {
  await buildWorkerIfStale();
  const files = await filesBelow(ASSETS, () => false);
  assert(files.length > 20 && files.includes("base.css"), files.join());
  await onBothHomes(async (deno, workerd) => {
    const [, mark = ""] = /base\.css\?([^"]+)"/.exec(await textOf(deno, "/")) ?? [];
    assertMatch(mark, /^\w+=[0-9a-f]{32}$/);
    const stale = mark.replace(/=.*/, "=0");
    for (const file of files) {
      for (const path of [`/${file}`, `/${file}?${mark}`, `/${file}?a=1&${stale}`]) {
        for (const init of await waysToAsk(deno, path)) {
          const [expected, actual] = await Promise.all([
            answerOf(deno, path, init),
            answerOf(workerd, path, init),
          ]);
          assertEquals(actual, expected, `${JSON.stringify(init)} ${path}`);
        }
      }
    }
    const kept = await answerOf(workerd, `/base.css?${mark}`, {});
    assertEquals(kept.headers["cache-control"], "public, max-age=31536000, immutable");
    const asked = await answerOf(workerd, "/base.css", {});
    assertEquals([asked.headers["cache-control"], asked.status], ["no-cache", 200]);
    assertEquals(asked.headers["x-content-type-options"], "nosniff");
  });
});

/** Each in the ways that a file is asked for, its own tag among them. */
async function waysToAsk(server: RunningServer, path: string): Promise<readonly RequestInit[]> {
  const { headers } = await answerOf(server, path, { method: "HEAD" });
  return [
    {},
    { method: "HEAD" },
    { method: "POST" },
    { headers: { "if-none-match": headers["etag"] ?? '"none"' } },
    { headers: { "if-none-match": '"other"', "range": "bytes=0-9" } },
  ];
}

/** Runs both homes with nothing in them, side by side. */
function onBothHomes(
  work: (deno: RunningServer, workerd: RunningServer) => Promise<void>,
): Promise<void> {
  return withServer(
    (deno) => withServer((workerd) => work(deno, workerd), { home: "workerd" }),
    { home: "deno" },
  );
}

/** An answer without what is an answer's own: two equal ones say the same. */
async function answerOf(server: RunningServer, path: string, init: RequestInit) {
  const headers = { "accept-encoding": "identity", ...init.headers };
  const response = await fetch(server.url + path, { ...init, headers, redirect: "manual" });
  const body = new Uint8Array(await response.arrayBuffer());
  const nonce = /'nonce-([0-9a-f]+)'/.exec(response.headers.get("content-security-policy") ?? "");
  const support = response.headers.get("x-request-id") ?? "no support id";
  const general = (text: string) =>
    text.replaceAll(nonce?.[1] ?? "no nonce", "NONCE").replaceAll(support, "SUPPORT")
      .replaceAll(server.url, "HERE").replaceAll(/newest [^<]* ago/g, "newest AGE ago");
  return {
    status: response.status,
    hasSupportId: response.headers.has("x-request-id"),
    headers: Object.fromEntries(
      [...response.headers].filter(([name]) => !OF_ITS_OWN.has(name))
        .map(([name, value]) => [name, general(value)]),
    ),
    body: isText(response) ? general(new TextDecoder().decode(body)) : body,
  };
}

function isText(response: Response): boolean {
  return /^text\/html|json/.test(response.headers.get("content-type") ?? "");
}

async function textOf(server: RunningServer, path: string): Promise<string> {
  return await (await fetch(server.url + path)).text();
}

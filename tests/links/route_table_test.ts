import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { buildIfStale, routeTableIsCurrent } from "../../tasks/build.ts";
import { routeExports, routeTable } from "../../tasks/route_table.ts";
import { app } from "./fixture/main.ts";

const FIXTURE = new URL("./fixture/", import.meta.url);
const page = (path: string) => ({ path, exports: routeExports("export default 1;") });

/** The first argument of every call in the table, in order. */
function order(paths: string[]): string[] {
  const calls = routeTable(paths.map(page)).matchAll(/^ {2}app\.(\w+)\((?:"([^"]*)")?/gm);
  return Array.from(
    calls,
    ([, method, path]) => path === undefined ? method! : `${method} ${path}`,
  );
}

Deno.test("routeTable() puts what surrounds first, outermost first, whatever the order of files", () => {
  const paths = [
    "index.tsx",
    "a/_layout.tsx",
    "_error.tsx",
    "a/_middleware.ts",
    "_middleware.ts",
    "_404.tsx",
    "_app.tsx",
    "_layout.tsx",
  ];
  const expected = [
    "appWrapper",
    "use /",
    "layout /",
    "onError /",
    "notFound",
    "use /a",
    "layout /a",
    "route /",
  ];
  assertEquals(order(paths), expected);
  assertEquals(order(paths.toReversed()), expected);
});

Deno.test("routeTable() puts literal paths before parameters, and those before the rest of a path", () => {
  const paths = ["[...all].tsx", "[id].tsx", "b.tsx", "[id]/x.tsx", "a/[id].tsx", "a/new.tsx"];
  assertEquals(order(paths), [
    "route /a/new",
    "route /a/:id",
    "route /b",
    "route /:id",
    "route /:id/x",
    "route /:all*",
  ]);
});

Deno.test("routeTable() gives a page in a group, or with an optional segment, a pattern of its own", () => {
  const text = routeTable([page("(legal)/terms.tsx"), page("docs/[[version]]/index.tsx")]);
  assertMatch(text, /app\.route\("\/\(legal\)\/terms", .*routeOverride: "\/terms"/);
  assertMatch(
    text,
    /app\.route\("\/docs\/\[\[version\]\]", .*routeOverride: "\/docs\{\/:version\}\?"/,
  );
});

Deno.test("routeTable() refuses a file that is no route, and an unknown special name", () => {
  const exports = routeExports("const x = 1;");
  assertThrows(() => routeTable([{ path: "x.ts", exports }]), Error, "routes/x.ts exports neither");
  assertThrows(() => routeTable([page("_page.tsx")]), Error, "_page.tsx");
});

Deno.test("routeExports() finds what Fresh looks for, and nothing in comments of a line", () => {
  const names = (source: string) => [...routeExports(source)];
  assertEquals(names("export const handler = {};\nexport default function A() {}"), [
    "default",
    "handler",
  ]);
  assertEquals(names("export async function handlers() {}"), ["handlers"]);
  assertEquals(names("const a = 1;\nexport { a as default, b as config };"), ["default", "config"]);
  assertEquals(names("// export default x\nexport const other = 1;"), []);
});

Deno.test("the fixture's committed table is current, and a build that changed nothing is quick", async () => {
  assert(await routeTableIsCurrent(FIXTURE), "run tasks/build.ts on the fixture");
  await buildIfStale(FIXTURE);
  const startMs = performance.now();
  const outcome = await buildIfStale(FIXTURE);
  assertEquals(outcome, { routeTable: "unchanged", bundles: "unchanged" });
  assert(performance.now() - startMs < 150);
});

Deno.test("registerRoutes() gives every kind of file its meaning", async () => {
  const handler = app.handler();
  const ask = async (path: string, init?: RequestInit) => {
    const response = await handler(new Request(`http://localhost${path}`, init));
    const text = await response.text();
    return {
      status: response.status,
      body: /<body>(.*?)(<script|<\/body>)/s.exec(text)?.[1] ?? text,
    };
  };
  assertEquals(await ask("/blog"), { status: 203, body: "<section><p>root blog</p></section>" });
  assertEquals(await ask("/blog", { method: "POST" }), { status: 201, body: "posted" });
  assertEquals(await ask("/blog/some-post"), {
    status: 200,
    body: "<section><h1>some-post</h1></section>",
  });
  assertEquals(await ask("/blog/about"), { status: 200, body: "<h1>about the blog</h1>" });
  assertEquals(await ask("/terms"), { status: 200, body: "<article><h1>terms</h1></article>" });
  assertEquals((await ask("/terms", { method: "POST" })).status, 405);
  assertEquals(await ask("/api/a/b", { method: "PATCH" }), {
    status: 200,
    body: '{"method":"PATCH","rest":"a/b"}',
  });
  assertEquals(await ask("/fails"), { status: 500, body: "<h1>Failed: broken</h1>" });
  assertEquals(await ask("/fails?missing"), { status: 404, body: "<h1>No such page</h1>" });
  assertEquals(await ask("/nowhere"), { status: 404, body: "<h1>No such page</h1>" });
});

import {
  assert,
  assertEquals,
  assertMatch,
  assertNotEquals,
  assertStringIncludes,
} from "@std/assert";
import { App, createDefine, csp, page } from "fresh";
import { Head } from "fresh/runtime";

const define = createDefine<{ name: string }>();

async function render<State>(app: App<State>, path = "/", init?: RequestInit) {
  const response = await app.handler()(new Request(`http://localhost${path}`, init));
  return { response, html: await response.text() };
}

const Html = define.layout(({ Component }) => (
  <html lang="en">
    <head>
      <title>Default</title>
      <meta name="description" content="default" />
      <link key="theme" rel="stylesheet" href="/light.css" />
    </head>
    <body>
      <Component />
    </body>
  </html>
));

Deno.test("ctx.render() writes the outer elements that the page left out", async () => {
  const { response, html } = await render(
    new App().get("/", (ctx) => ctx.render(<h1>a &lt; b</h1>)),
  );
  assertEquals(
    html,
    '<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><h1>a &lt; b</h1></body></html>',
  );
  assertEquals(response.headers.get("content-type"), "text/html; charset=utf-8");
});

Deno.test("ctx.render() takes a status and headers", async () => {
  const app = new App().get(
    "/",
    (ctx) => ctx.render(<p>tea</p>, { status: 418, headers: { "x-pot": "yes" } }),
  );
  const { response } = await render(app);
  assertEquals([response.status, response.headers.get("x-pot")], [418, "yes"]);
});

Deno.test("layouts surround pages from the outside in, and can be skipped", async () => {
  const layout = (name: string) =>
    define.layout(({ Component }) => (
      <div id={name}>
        <Component />
      </div>
    ));
  const app = new App<{ name: string }>()
    .appWrapper(Html)
    .layout("*", layout("outer"))
    .layout("/a", layout("inner"))
    .layout("/b", layout("alone"), { skipInheritedLayouts: true, skipAppWrapper: true })
    .get("/a", (ctx) => ctx.render(<p />))
    .get("/b", (ctx) => ctx.render(<p />))
    .route("/c", {
      component: () => <p />,
      config: { skipInheritedLayouts: true, skipAppWrapper: true },
    })
    .get("/d", (ctx) => ctx.render(<p />, {}, { skipInheritedLayouts: true }));
  const body = async (path: string) =>
    /<body>(.*)<\/body>/.exec((await render(app, path)).html)?.[1];
  assertEquals(await body("/a"), '<div id="outer"><div id="inner"><p></p></div></div>');
  assertEquals(await body("/b"), '<div id="alone"><p></p></div>');
  assertEquals(await body("/c"), "<p></p>");
  assertEquals(await body("/d"), "<p></p>");
  assertStringIncludes((await render(app, "/a")).html, "<title>Default</title>");
  assert(!(await render(app, "/b")).html.includes("Default"));
});

Deno.test("route() renders what its handler passes, with status and headers", async () => {
  const handler = define.handlers({
    GET: (ctx) =>
      page({ greeting: `hello ${ctx.state.name}` }, { status: 203, headers: { "x-a": "b" } }),
    POST: () => new Response("made", { status: 201 }),
  });
  const Greeting = define.page<typeof handler>(({ data, url }) => (
    <p>
      {data.greeting} at {url.pathname}
    </p>
  ));
  const app = new App<{ name: string }>()
    .use((ctx) => {
      ctx.state.name = "you";
      return ctx.next();
    })
    .route("/", { handler, component: Greeting as never });
  const { response, html } = await render(app);
  assertStringIncludes(html, "<p>hello you at /</p>");
  assertEquals([response.status, response.headers.get("x-a")], [203, "b"]);
  assertEquals((await render(app, "/", { method: "POST" })).response.status, 201);
  assertEquals((await render(app, "/", { method: "PUT" })).response.status, 405);
  assertEquals((await render(app, "/", { method: "HEAD" })).html, "");
});

Deno.test("an async page is awaited, and may answer with a response", async () => {
  const app = new App<{ name: string }>()
    .route("/page", {
      component: async () => <p>{await Promise.resolve("later")}</p>,
    })
    .route("/moved", {
      component: async (props) =>
        await Promise.resolve(Response.redirect(new URL("/page", props.url))),
    });
  assertStringIncludes((await render(app, "/page")).html, "<p>later</p>");
  assertEquals((await render(app, "/moved")).response.status, 302);
});

Deno.test("error pages know the error, and keep its status and the app wrapper", async () => {
  const app = new App<{ name: string }>()
    .appWrapper(Html)
    .onError("*", { component: ({ error }) => <p>{String(error)}</p> })
    .notFound({ component: () => <p>missing</p> })
    .get("/fails", () => {
      throw new Error("broken");
    });
  const failed = await render(app, "/fails");
  assertEquals(failed.response.status, 500);
  assertStringIncludes(failed.html, "<body><p>Error: broken</p></body>");
  const missing = await render(app, "/none");
  assertEquals(missing.response.status, 404);
  assertStringIncludes(missing.html, "<title>Default</title>");
});

Deno.test("Head replaces the title, and elements of the same key, id or meta name; it adds the others", async () => {
  const app = new App<{ name: string }>().appWrapper(Html).get("/", (ctx) =>
    ctx.render(
      <main>
        <Head>
          <title>First</title>
          <link key="theme" rel="stylesheet" href="/dark.css" />
          <meta id="x" property="a" content="1" />
        </Head>
        <Head>
          <title>Last $& wins</title>
          <meta name="description" content="own" />
          <meta name="robots" content="none" />
          <meta id="x" property="a" content="2" />
        </Head>
      </main>,
    ));
  assertStringIncludes(
    (await render(app)).html,
    '<head><title>Last $&amp; wins</title><meta name="description" content="own"/>' +
      '<link rel="stylesheet" href="/dark.css"/><meta id="x" property="a" content="2"/>' +
      '<meta name="robots" content="none"/></head>',
  );
});

Deno.test("csp() puts a new nonce on inline tags of every page, and into the header", async () => {
  const app = new App().use(csp({ useNonce: true })).get("/", (ctx) =>
    ctx.render(
      <html>
        <head>
          <style>{"p{}"}</style>
          <script nonce="own">one</script>
          <script src="/x.js" />
        </head>
        <body>
          <script>two</script>
        </body>
      </html>,
    ));
  const first = await render(app);
  const policy = first.response.headers.get("content-security-policy") ?? "";
  const nonce = /script-src 'self' 'nonce-([0-9a-f]{32})'/.exec(policy)?.[1] ?? "none";
  assertStringIncludes(policy, `style-src 'self' 'nonce-${nonce}'`);
  assert(!policy.includes("unsafe-inline"));
  assertStringIncludes(first.html, `<style nonce="${nonce}">p{}</style>`);
  assertStringIncludes(first.html, `<script nonce="${nonce}">two</script>`);
  assertStringIncludes(first.html, '<script nonce="own">one</script><script src="/x.js"></script>');
  const second = await render(app);
  assertNotEquals(second.response.headers.get("content-security-policy"), policy);
  assert(!first.response.headers.has("x-fresh-nonce"));
});

Deno.test("csp() without a page keeps 'unsafe-inline', replaces directives and reports", async () => {
  const app = new App()
    .use(csp({ useNonce: true, reportOnly: true, reportTo: "/reports", csp: ["img-src 'none'"] }))
    .get("/", () => Response.json({}));
  const { headers } = (await render(app)).response;
  const policy = headers.get("content-security-policy-report-only") ?? "";
  assertMatch(policy, /script-src 'self' 'unsafe-inline'/);
  assertMatch(policy, /img-src 'none'/);
  assert(!policy.includes("img-src 'self'"));
  assertMatch(policy, /report-to csp-endpoint; report-uri \/reports$/);
  assertEquals(headers.get("reporting-endpoints"), 'csp-endpoint="/reports"');
});

Deno.test("ctx.render() leaves asset URLs as they are when there is no build", async () => {
  const app = new App().get(
    "/",
    (ctx) => ctx.render(<img src="/a.png" srcset="/a.png 1x, /b.png 2x" />),
  );
  assertStringIncludes(
    (await render(app)).html,
    '<img src="/a.png" srcset="/a.png 1x, /b.png 2x"/>',
  );
});

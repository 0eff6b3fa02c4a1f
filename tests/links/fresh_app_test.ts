import { assertEquals, assertMatch } from "@std/assert";
import { App, HttpError } from "fresh";

/** What the handler answers: status, text, and the headers that a test looks at. */
async function ask(
  app: App<never> | App<{ seen: string[] }> | App,
  path: string,
  init?: RequestInit,
) {
  const response = await app.handler()(new Request(`http://localhost${path}`, init));
  return { status: response.status, text: await response.text(), headers: response.headers };
}

Deno.test("App answers by exact path before patterns, and patterns in the order they were added", async () => {
  const app = new App()
    .get("/books/:id", (ctx) => new Response(`book ${ctx.params["id"]} ${ctx.route}`))
    .get("/books/*", () => new Response("rest"))
    .get("/books/new", () => new Response("form"));
  assertEquals((await ask(app, "/books/new")).text, "form");
  assertEquals((await ask(app, "/books/7?x=1")).text, "book 7 /books/:id");
  assertEquals((await ask(app, "/books/7/pages")).text, "rest");
});

Deno.test("App decodes parameters and survives malformed ones", async () => {
  const app = new App().get("/:name", (ctx) => new Response(ctx.params["name"] ?? ""));
  assertEquals((await ask(app, "/caf%C3%A9")).text, "café");
  assertEquals((await ask(app, "/%E0%A4%A")).text, "%E0%A4%A");
});

Deno.test("App runs middlewares top to bottom, only those added before the route", async () => {
  const app = new App<{ seen: string[] }>()
    .use(async (ctx) => {
      ctx.state.seen = ["first"];
      const response = await ctx.next();
      response.headers.set("seen", ctx.state.seen.join(" "));
      return response;
    })
    .use("/inner", (ctx) => {
      ctx.state.seen.push("inner");
      return ctx.next();
    })
    .get("/inner/page", (ctx) => {
      ctx.state.seen.push("handler");
      return new Response("ok");
    })
    .get("/outer", () => new Response("ok"))
    .use((ctx) => {
      ctx.state.seen.push("late");
      return ctx.next();
    })
    .get("/after", () => new Response("ok"));
  assertEquals((await ask(app, "/inner/page")).headers.get("seen"), "first inner handler");
  assertEquals((await ask(app, "/outer")).headers.get("seen"), "first");
  assertEquals((await ask(app, "/after")).headers.get("seen"), "first late");
});

Deno.test("App loads a lazy middleware once", async () => {
  let loaded = 0;
  const app = new App().get("/", () => {
    loaded++;
    return Promise.resolve(() => new Response("lazy"));
  });
  const handler = app.handler();
  for (let request = 0; request < 2; request++) {
    assertEquals(await (await handler(new Request("http://localhost/"))).text(), "lazy");
  }
  assertEquals(loaded, 1);
});

Deno.test("App answers HEAD by GET without a body, and by head() if there is one", async () => {
  const app = new App()
    .get("/page", () => new Response("text", { headers: { "x-page": "yes" } }))
    .get("/own", () => new Response("text"))
    .head("/own", () => new Response(null, { headers: { "x-own": "yes" } }));
  const page = await ask(app, "/page", { method: "HEAD" });
  assertEquals([page.status, page.text, page.headers.get("x-page")], [200, "", "yes"]);
  assertEquals((await ask(app, "/own", { method: "HEAD" })).headers.get("x-own"), "yes");
});

Deno.test("App answers OPTIONS with the methods of the route", async () => {
  const app = new App().get("/", () => new Response("get")).post("/", () => new Response("post"));
  const answer = await ask(app, "/", { method: "OPTIONS" });
  assertEquals([answer.status, answer.headers.get("allow")], [204, "GET, POST"]);
});

Deno.test("App throws 404 and 405 through the root middlewares to the root's error handler", async () => {
  const seen: unknown[] = [];
  const app = new App()
    .use(async (ctx) => {
      try {
        return await ctx.next();
      } catch (error) {
        seen.push([ctx.route, error instanceof HttpError && error.status]);
        throw error;
      }
    })
    .onError("*", ({ error }) => {
      const status = error instanceof HttpError ? error.status : 500;
      return new Response(`caught ${status}`, { status });
    })
    .get("/page", () => new Response("page"));
  const wrong = await ask(app, "/page", { method: "POST" });
  assertEquals([wrong.status, wrong.text], [405, "caught 405"]);
  const missing = await ask(app, "/missing");
  assertEquals([missing.status, missing.text], [404, "caught 404"]);
  assertEquals(seen, [["/page", 405], [null, 404]]);
});

Deno.test("App answers every 404 by notFound(), thrown or for want of a route", async () => {
  const app = new App()
    .onError("*", () => new Response("an error", { status: 500 }))
    .notFound(() => new Response("nothing here", { status: 404 }))
    .get("/thrown", () => {
      throw new HttpError(404);
    });
  for (const path of ["/missing", "/thrown"]) {
    const { status, text } = await ask(app, path);
    assertEquals([status, text], [404, "nothing here"]);
  }
});

Deno.test("App runs the root's error handlers outside of the root's middlewares, and inner ones inside", async () => {
  const app = new App()
    .use(async (ctx) => {
      const response = await ctx.next();
      response.headers.set("x-root", "seen");
      return response;
    })
    .onError("*", () => new Response("root", { status: 500 }))
    .onError("/inner", () => new Response("inner", { status: 500 }))
    .get("/outer", () => Promise.reject(new Error("outer")))
    .get("/inner/page", () => Promise.reject(new Error("inner")));
  const outer = await ask(app, "/outer");
  assertEquals([outer.text, outer.headers.get("x-root")], ["root", null]);
  const inner = await ask(app, "/inner/page");
  assertEquals([inner.text, inner.headers.get("x-root")], ["inner", "seen"]);
});

Deno.test("App answers what nothing caught in plain text, and hides unexpected errors", async () => {
  const app = new App()
    .get("/teapot", () => {
      throw new HttpError(418, "short and stout");
    })
    .get("/broken", () => {
      throw new Error("secret");
    });
  assertEquals((await ask(app, "/missing")).text, "Not Found");
  assertEquals((await ask(app, "/teapot", { method: "DELETE" })).text, "Method Not Allowed");
  const teapot = await ask(app, "/teapot");
  assertEquals([teapot.status, teapot.text], [418, "short and stout"]);
  const logged = console.error;
  console.error = () => {};
  try {
    const broken = await ask(app, "/broken");
    assertEquals([broken.status, broken.text], [500, "Internal server error"]);
  } finally {
    console.error = logged;
  }
});

Deno.test("onError() of the closest path answers, and an error in it goes further out", async () => {
  const app = new App()
    .onError(
      "*",
      ({ error }) => new Response(`outer: ${(error as Error).message}`, { status: 500 }),
    )
    .onError("/a/b", ({ error }) => {
      if ((error as Error).message === "again") throw new Error("from inner");
      return new Response("inner", { status: 500 });
    })
    .get("/a/fails", () => Promise.reject(new Error("a")))
    .get("/a/b/fails", () => Promise.reject(new Error("b")))
    .get("/a/b/again", () => Promise.reject(new Error("again")));
  assertEquals((await ask(app, "/a/fails")).text, "outer: a");
  assertEquals((await ask(app, "/a/b/fails")).text, "inner");
  assertEquals((await ask(app, "/a/b/again")).text, "outer: from inner");
});

Deno.test("Context.redirect() stays on this site for every path", async () => {
  const app = new App().get(
    "/",
    (ctx) => ctx.redirect(ctx.url.searchParams.get("to") ?? "/", 303),
  );
  const location = async (to: string) =>
    (await ask(app, `/?to=${encodeURIComponent(to)}`)).headers.get("location");
  assertEquals(await location("//evil.example/x?a=//b"), "/evil.example/x?a=//b");
  assertEquals(await location("/\\evil.example"), "/evil.example");
  assertEquals(await location("https://other.example/"), "https://other.example/");
  assertEquals(await location("/here#part"), "/here#part");
});

Deno.test("App joins repeated slashes of a path before it looks for a route", async () => {
  const app = new App().get("/a/b", (ctx) => new Response(ctx.url.pathname));
  assertEquals((await ask(app, "//a///b")).text, "/a/b");
});

Deno.test("App puts its base path before every route", async () => {
  const app = new App({ basePath: "/shop" })
    .get("/", () => new Response("home"))
    .get("/cart", () => new Response("cart"));
  assertEquals((await ask(app, "/shop")).text, "home");
  assertEquals((await ask(app, "/shop/cart")).text, "cart");
  assertEquals((await ask(app, "/cart")).status, 404);
});

Deno.test("App refuses a handler that returns no response", async () => {
  const app = new App().get("/", (() => "text") as unknown as () => Response);
  const logged: unknown[] = [];
  const original = console.error;
  console.error = (error) => logged.push(error);
  try {
    assertEquals((await ask(app, "/")).status, 500);
    assertMatch(String(logged[0]), /something else than a Response/);
  } finally {
    console.error = original;
  }
});

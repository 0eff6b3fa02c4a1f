import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { App } from "fresh";
import { Builder } from "fresh/dev";

const FIXTURE = new URL("./fixture/", import.meta.url);

Deno.test("Builder.build() writes a server that `deno serve` runs, beside which nothing else is needed", async () => {
  await new Builder({ root: FIXTURE.href }).build();
  const process = new Deno.Command(Deno.execPath(), {
    args: ["serve", "-A", "--port", "8102", new URL("_fresh/server.js", FIXTURE).href],
    stdout: "null",
    stderr: "piped",
  }).spawn();
  try {
    await firstLine(process.stderr, /Listening/);
    const html = await (await fetch("http://localhost:8102/")).text();
    const bundle = /import\{boot\}from"([^"]+)"/.exec(html)?.[1] ?? "";
    const response = await fetch(`http://localhost:8102${bundle}`);
    assertEquals(response.status, 200);
    assertStringIncludes(await response.text(), " as boot");
  } finally {
    process.kill("SIGTERM");
    await process.status;
  }
});

Deno.test("a main module can import the server that was built from it, and is its app", async () => {
  await new Builder({ root: FIXTURE.href }).build();
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", new URL("main.ts", FIXTURE).href],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  try {
    assertEquals(await firstLine(process.stdout, /serves (\w+ \w+)/), "one app");
    const html = await (await fetch("http://localhost:8104/")).text();
    assertStringIncludes(html, "data-fresh-build=");
  } finally {
    process.kill("SIGTERM");
    await process.status;
  }
});

Deno.test("fsRoutes() adds the files that the Builder found, below a path if one is given", async () => {
  const apply = await new Builder({ root: FIXTURE.href }).build({ snapshot: "memory" });
  const app = new App().fsRoutes("/site");
  apply(app);
  const handler = app.handler();
  const text = async (path: string) =>
    await (await handler(new Request(`http://localhost${path}`))).text();
  assertMatch(await text("/site/blog/post"), /<section><h1>post<\/h1><\/section>/);
  assertMatch(await text("/site/terms"), /<article><h1>terms<\/h1><\/article>/);
  assertMatch(await text("/site/nowhere"), /Not Found|No such page/);
});

Deno.test("Builder.build() fails with the bundler's reason", async () => {
  const root = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${root}/islands`);
    await Deno.writeTextFile(`${root}/islands/Broken.tsx`, "export default function (");
    const failure = await new Builder({ root }).build({ snapshot: "memory" }).then(
      () => "none",
      (error) => String(error),
    );
    assertStringIncludes(failure, "Broken.tsx");
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

Deno.test("Builder.listen() tells pages about a restart through a script of the site's own", async () => {
  const server = () =>
    new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", new URL("./fixture/dev.ts", import.meta.url).href],
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
  const alive = async () => {
    const response = await fetch("http://localhost:8103/_fresh/alive");
    return await firstLine(response.body!, /^data: (.+)$/m);
  };
  let first = "";
  for (let run = 0; run < 2; run++) {
    const process = server();
    try {
      await firstLine(process.stdout, /listening/);
      const html = await (await fetch("http://localhost:8103/")).text();
      const script = /<script type="module" src="([^"]+live_reload[^"]+)">/.exec(html)?.[1] ?? "";
      const response = await fetch(`http://localhost:8103${script}`);
      assertEquals([response.status, response.headers.get("cache-control")], [200, "no-cache"]);
      assertStringIncludes(await response.text(), "EventSource");
      const identity = await alive();
      assert(identity !== "" && identity !== first);
      first = identity;
    } finally {
      process.kill("SIGTERM");
      await process.status;
    }
  }
});

/** How long a process may take to say what a test waits for. */
const PATIENCE_MS = 20_000;

/** Reads until the text matches, and lets go of the stream; gives the first group or the match. */
async function firstLine(stream: ReadableStream<Uint8Array>, pattern: RegExp): Promise<string> {
  const reader = stream.getReader();
  const impatience = setTimeout(() => reader.cancel(), PATIENCE_MS);
  const decoder = new TextDecoder();
  let text = "";
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      text += decoder.decode(chunk.value, { stream: true });
      const match = pattern.exec(text);
      if (match) return match[1] ?? match[0];
    }
  } finally {
    clearTimeout(impatience);
    await reader.cancel();
  }
  throw new Error(`The stream ended before ${pattern} came: ${text}`);
}

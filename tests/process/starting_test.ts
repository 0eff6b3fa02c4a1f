import { assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { join } from "node:path";
import { withServer } from "../browser/running_server.ts";
import { runToEnd } from "./ended_process.ts";

const MAIN = new URL("../../main.ts", import.meta.url).href;

Deno.test("a start prints exactly one line, with the address and the mode, and makes the folder of its data", () =>
  withServer(async (server) => {
    assertEquals(server.output, [
      `Holdfast listens on http://localhost:${server.port} (demo mode: play money)`,
    ]);
    assertEquals((await Deno.stat(server.database)).isFile, true);
    const response = await fetch(`${server.url}/healthz`);
    assertEquals(response.status, 200);
    await response.body?.cancel();
    assertEquals(await server.stop(), 0);
    assertEquals([server.output.length, server.errors], [1, []]);
  }));

/** Settings that cannot be used, and the setting that the line must name. */
const BAD_SETTINGS: readonly { readonly env: Record<string, string>; readonly names: string }[] = [
  { env: { PORT: "eighty" }, names: "PORT" },
  { env: { PORT: "70000" }, names: "PORT" },
  { env: { HOLDFAST_HOST: "no such host" }, names: "HOLDFAST_HOST" },
  { env: { HOLDFAST_HOST: "nowhere.invalid" }, names: "HOLDFAST_HOST" },
  { env: { HOLDFAST_HOST: "203.0.113.1" }, names: "HOLDFAST_HOST" },
  { env: { HOLDFAST_KV: " " }, names: "HOLDFAST_KV" },
  { env: { HOLDFAST_KV: "ftp://example.com/" }, names: "HOLDFAST_KV" },
  { env: { HOLDFAST_KV: "/dev/null/holdfast.db" }, names: "HOLDFAST_KV" },
  { env: { HOLDFAST_DEMO: "perhaps" }, names: "HOLDFAST_DEMO" },
];

for (const { env, names } of BAD_SETTINGS) {
  Deno.test(`${JSON.stringify(env)} stops the start with one line that names ${names}`, () =>
    inAFolder(async (folder) => {
      const usable = { PORT: "0", HOLDFAST_KV: join(folder, "holdfast.db") };
      await assertRefusesToStart({ ...usable, ...env }, names);
    }));
}

Deno.test("a PORT that another program has stops the start with one line that names PORT", () =>
  inAFolder(async (folder) => {
    using other = Deno.listen({ hostname: "0.0.0.0", port: 0 });
    const env = { PORT: String(other.addr.port), HOLDFAST_KV: join(folder, "holdfast.db") };
    await assertRefusesToStart(env, "PORT");
  }));

Deno.test("importing main.ts opens nothing: no file appears, and the process ends by itself", () =>
  inAFolder(async (folder) => {
    const script = `await import(${JSON.stringify(MAIN)}); console.log("imported")`;
    const ended = await runToEnd(
      ["eval", "--config", new URL("../../deno.json", import.meta.url).pathname, script],
      { env: { HOLDFAST_KV: join(folder, "data", "holdfast.db") }, cwd: folder },
    );
    assertEquals([ended.code, ended.output, ended.errors], [0, "imported\n", []]);
    assertEquals(await Array.fromAsync(Deno.readDir(folder)), []);
  }));

async function assertRefusesToStart(env: Record<string, string>, names: string): Promise<void> {
  const { code, output, errors } = await runToEnd(["run", "-A", MAIN], { env });
  assertNotEquals(code, 0);
  assertEquals([output, errors.length], ["", 1], errors.join("\n"));
  assertMatch(errors[0] ?? "", new RegExp(`\\b${names}\\b`));
}

async function inAFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "holdfast_" });
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

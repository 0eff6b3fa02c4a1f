import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { join } from "node:path";
import { buildWorkerIfStale } from "../../tasks/cloudflare/build.ts";
import { eventually } from "../browser/eventually.ts";
import { type RunningServer, withServer } from "../browser/running_server.ts";
import { newBettor, placeBet } from "../process/bettor.ts";
import { type EndedProcess, runToEnd } from "../process/ended_process.ts";
import { beginSlowBet, idleConnection } from "./slow_bet.ts";
import { workerdsOf } from "./workerds_of.ts";

const START = new URL("../../tasks/cloudflare/start.ts", import.meta.url).href;
const CONFIG = new URL("../../wrangler.jsonc", import.meta.url);

/** Killing a process is quick; a busy machine may take its time to notice. */
const GONE_MS = 2_000;

Deno.test("start:cloudflare prints one line with the address and the mode, and keeps its state where it is told", () =>
  withServer(async (server) => {
    assertEquals(server.output, [
      `Holdfast listens on http://localhost:${server.port} in workerd (demo mode: play money)`,
    ]);
    assertEquals((await Deno.stat(server.state)).isDirectory, true);
    for (const path of ["/healthz", "/readyz"]) assertEquals(await statusOf(server, path), 200);
    assertEquals(await server.stop(), 0);
    assertEquals([server.output.length, server.errors], [1, []]);
  }, { home: "workerd" }));

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  Deno.test(`${signal} lets workerd answer what it was asked, then both end, with 0`, () =>
    withServer(async (server) => {
      const [workerd] = await workerdsOf(server);
      const bettor = await newBettor(server.url);
      using bet = await beginSlowBet(server, bettor, { requestId: "open", stakeMinor: 100 });
      const idle = await idleConnection(server);
      const stopped = server.stop(signal);
      // workerd lets go of whoever waits for nothing: it was told to end, and has not forgotten the bet.
      await idle.closed;
      assertEquals(await bet.finish(), 201);
      assertEquals(await stopped, 0);
      assertEquals([server.errors, await isAlive(workerd)], [[], false]);
    }, { home: "workerd" }));
}

Deno.test("workerd does not outlive a killed start:cloudflare, and the next start has its port and its state", () =>
  withServer(async (server) => {
    const [workerd] = await workerdsOf(server);
    await server.kill();
    await eventually(async () => await isAlive(workerd) ? null : true, {
      withinMs: GONE_MS,
      what: "workerd is gone",
    });
    await assertRejects(() => fetch(server.url));
    await server.start();
    const bettor = await newBettor(server.url);
    const answer = await placeBet(server.url, bettor, { requestId: "after", stakeMinor: 100 });
    await answer.body?.cancel();
    assertEquals(answer.status, 201);
  }, { home: "workerd" }));

Deno.test("a workerd that is killed is started again, on the same port", () =>
  withServer(async (server) => {
    const [workerd] = await workerdsOf(server);
    if (workerd === undefined) throw new Error("there is no workerd");
    Deno.kill(workerd, "SIGKILL");
    await eventually(async () => {
      const [next] = await workerdsOf(server);
      return next !== undefined && next !== workerd && !await isRefused(server) ? true : null;
    }, { withinMs: 10_000, what: "another workerd answers" });
    assertEquals(await statusOf(server, "/readyz"), 200);
  }, { home: "workerd" }));

Deno.test("two start:cloudflare do not share a state", () =>
  withServer(async (server) => {
    const { code, errors } = await start({ HOLDFAST_STATE: server.state });
    assertEquals([code, errors.length], [1, 1], errors.join("\n"));
    assertMatch(errors[0] ?? "", /HOLDFAST_STATE .* is in use by another process/);
  }, { home: "workerd" }));

/** Settings that cannot be used, and the setting that the line must name. */
const BAD_SETTINGS: readonly { readonly env: Record<string, string>; readonly names: string }[] = [
  { env: { PORT: "eighty" }, names: "PORT" },
  { env: { HOLDFAST_HOST: "203.0.113.1" }, names: "HOLDFAST_HOST" },
  { env: { HOLDFAST_STATE: " " }, names: "HOLDFAST_STATE" },
  { env: { HOLDFAST_STATE: "/dev/null/state" }, names: "HOLDFAST_STATE" },
  { env: { HOLDFAST_DEMO: "perhaps" }, names: "HOLDFAST_DEMO" },
];

for (const { env, names } of BAD_SETTINGS) {
  Deno.test(`${JSON.stringify(env)} stops start:cloudflare with one line that names ${names}`, () =>
    inAFolder(async (folder) => {
      await buildWorkerIfStale();
      assertOneLine(await start({ HOLDFAST_STATE: join(folder, "state"), ...env }), names);
    }));
}

Deno.test("a PORT that another program has stops start:cloudflare with one line that names PORT", () =>
  inAFolder(async (folder) => {
    using other = Deno.listen({ hostname: "0.0.0.0", port: 0 });
    const PORT = String(other.addr.port);
    assertOneLine(await start({ PORT, HOLDFAST_STATE: join(folder, "state") }), "PORT");
  }));

Deno.test("a binding that is missing stops start:cloudflare with one line that names it", () =>
  inAFolder(async (folder) => {
    await buildWorkerIfStale();
    const text = await Deno.readTextFile(CONFIG);
    const config = join(folder, "wrangler.jsonc");
    await Deno.writeTextFile(config, text.replace('"ASSETS"', '"OTHER"'));
    const env = { HOLDFAST_STATE: join(folder, "state") };
    assertOneLine(await start(env, [`--config=${config}`]), "ASSETS");
  }));

function start(env: Record<string, string>, args: readonly string[] = []): Promise<EndedProcess> {
  return runToEnd(["run", "-A", START, ...args], { env: { PORT: "0", ...env } });
}

function assertOneLine({ code, output, errors }: EndedProcess, names: string): void {
  assertEquals([code, output, errors.length], [1, "", 1], errors.join("\n"));
  assertMatch(errors[0] ?? "", new RegExp(`\\b${names}\\b`));
}

async function statusOf(server: RunningServer, path: string): Promise<number> {
  const response = await fetch(server.url + path);
  await response.body?.cancel();
  return response.status;
}

function isRefused(server: RunningServer): Promise<boolean> {
  return Deno.connect({ hostname: "127.0.0.1", port: server.port }).then((connection) => {
    connection.close();
    return false;
  }, () => true);
}

async function isAlive(pid: number | undefined): Promise<boolean> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`).catch(() => "State:\tX");
  return !/^State:\t[XZ]/m.test(status);
}

async function inAFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "holdfast_" });
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

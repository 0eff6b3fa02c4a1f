/**
 * `deno task start:cloudflare`: builds what is stale, and serves the site from the real workerd, as
 * Cloudflare would, with its state on this disk.
 * @module
 */
import { Miniflare } from "miniflare";
import process from "node:process";
import type { Readable } from "node:stream";
import { requireFreeAddress } from "../../lib/adapters/system/listen.ts";
import { readAddress, SettingError } from "../../lib/adapters/system/settings.ts";
import { buildWorkerIfStale } from "./build.ts";
import { applyMigrations } from "./migrations.ts";
import { miniflareOptions } from "./miniflare_options.ts";
import { takeStateFolder } from "./state_folder.ts";
import { WorkerdGuard } from "./workerd_guard.ts";
import { readWranglerConfig } from "./wrangler_config.ts";

/** How long a shutdown waits for open requests. */
const SHUTDOWN_MS = 5_000;

/** How often it is looked whether workerd is there yet, and the task runner still. */
const LOOK_EVERY_MS = 250;

/** How often a workerd that nobody can connect to is asked whether it is ready. */
const READY_ATTEMPTS = 20;

/** Another configuration than `wrangler.jsonc`: `--config=<path>`. */
const CONFIG = "--config=";

/** The task says it, whose runner is of no use without this process, and this one not without it. */
const ENDS_WITH_PARENT = "--ends-with-parent";

async function serve(): Promise<void> {
  const parent = Deno.ppid;
  const address = readAddress(Deno.env.get);
  const demo = Deno.env.get("HOLDFAST_DEMO") ?? "on";
  requireFreeAddress(address);
  const state = await takeStateFolder(Deno.env.get("HOLDFAST_STATE"));
  await buildWorkerIfStale();

  const config = await readWranglerConfig(configFile());
  const guard = await WorkerdGuard.begin();
  const output = Promise.withResolvers<void>();
  const miniflare = new Miniflare({
    ...miniflareOptions(config, { ...address, state, vars: { HOLDFAST_DEMO: demo } }),
    handleRuntimeStdio: (stdout: Readable, stderr: Readable) => {
      pass(stdout, Deno.stdout);
      pass(stderr, Deno.stderr);
      stderr.once("end", output.resolve);
    },
  });

  // Miniflare would end this process at once, before workerd has answered what it was asked.
  for (const signal of ["SIGINT", "SIGTERM"]) process.removeAllListeners(signal);

  let stopping = false;
  const stop = async (code: number) => {
    // Whoever asks twice does not want to wait; the guard sees to workerd.
    if (stopping) Deno.exit(1);
    stopping = true;
    await guard.end(output.promise, SHUTDOWN_MS);
    await miniflare.dispose();
    await guard.close();
    Deno.exit(code);
  };
  Deno.addSignalListener("SIGINT", () => stop(0));
  Deno.addSignalListener("SIGTERM", () => stop(0));
  if (Deno.args.includes(ENDS_WITH_PARENT)) {
    setInterval(() => Deno.ppid !== parent && !stopping && stop(1), LOOK_EVERY_MS);
  }

  const local = await miniflare.ready;
  await applyMigrations(miniflare, config);
  // The worker itself says what is missing; it has been passed on by then.
  if (!await isReady(local)) return await stop(1);
  const port = address.port === 0 ? local.port : address.port;
  const mode = demo === "on" ? " (demo mode: play money)" : "";
  console.log(`Holdfast listens on http://localhost:${port} in workerd${mode}`);
}

function configFile(): string | undefined {
  return Deno.args.find((argument) => argument.startsWith(CONFIG))?.slice(CONFIG.length);
}

/** A workerd that fell over as it began is started again by Miniflare; so it is asked more than once. */
async function isReady(site: URL): Promise<boolean> {
  for (let attempt = 1; attempt <= READY_ATTEMPTS; attempt++) {
    const response = await fetch(new URL("/readyz", site)).catch(() => null);
    await response?.body?.cancel();
    if (response) return response.ok;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  throw new Error("workerd does not answer");
}

function pass(from: Readable, to: { writeSync(bytes: Uint8Array): number }): void {
  from.on("data", (bytes: Uint8Array) => to.writeSync(bytes));
}

/** One line for what the operator can mend; the whole story for what only a developer can. */
function explain(error: unknown): void {
  if (error instanceof SettingError) console.error(error.message);
  else console.error(error);
  Deno.exit(1);
}

serve().catch(explain);

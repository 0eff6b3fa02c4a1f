/**
 * `deno task deploy:cloudflare`: builds what is stale, brings the databases' tables up to date, and
 * deploys to the account that wrangler is signed in to. `--dry-run` does neither of the latter, and
 * needs no network. Further arguments are wrangler's.
 * @module
 */
import configuration from "../../deno.json" with { type: "json" };
import { buildWorkerIfStale } from "./build.ts";
import { readWranglerConfig } from "./wrangler_config.ts";

const PROJECT = new URL("../../", import.meta.url);
const CONFIG = new URL("wrangler.jsonc", PROJECT).pathname;

/** Runs wrangler in the project; a run that fails ends this process, with its code. */
async function wrangler(...args: readonly string[]): Promise<void> {
  const { code } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", configuration.imports.wrangler, ...args, "--config", CONFIG],
    cwd: PROJECT,
    env: { WRANGLER_SEND_METRICS: "false", WRANGLER_HIDE_BANNER: "true" },
    stdin: "inherit",
    stdout: "inherit",
    stderr: "inherit",
  }).spawn().status;
  if (code !== 0) Deno.exit(code);
}

await buildWorkerIfStale();
const { d1_databases = [] } = await readWranglerConfig();
const dryRun = Deno.args.includes("--dry-run");
for (const { database_name } of dryRun ? [] : d1_databases) {
  await wrangler("d1", "migrations", "apply", database_name, "--remote");
}
await wrangler("deploy", ...Deno.args);

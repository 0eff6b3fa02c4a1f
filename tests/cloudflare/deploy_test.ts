import { assertEquals, assertStringIncludes } from "@std/assert";
import { objectClasses, readWranglerConfig } from "../../tasks/cloudflare/wrangler_config.ts";
import { runToEnd } from "../process/ended_process.ts";

const PROJECT = new URL("../../", import.meta.url).pathname;

Deno.test("deploy:cloudflare --dry-run takes the bundle and every binding, with nobody to call", async () => {
  const { code, output, errors } = await runToEnd(["task", "deploy:cloudflare", "--dry-run"], {
    cwd: PROJECT,
    // An address where nobody answers: what would call home fails.
    env: { HTTP_PROXY: "http://127.0.0.1:9", HTTPS_PROXY: "http://127.0.0.1:9" },
  });
  assertEquals(code, 0, `${output}\n${errors.join("\n")}`);
  const config = await readWranglerConfig();
  for (const name of bindingsOf(config)) assertStringIncludes(output, `env.${name}`);
  assertStringIncludes(output, "--dry-run: exiting now.");
});

Deno.test("every class of an object is made with SQLite storage by a migration", async () => {
  const config = await readWranglerConfig();
  const made = (config.migrations ?? []).flatMap(({ new_sqlite_classes = [] }) =>
    new_sqlite_classes
  );
  assertEquals([...made].sort(), [...objectClasses(config)].sort());
});

function bindingsOf(
  config: Awaited<ReturnType<typeof readWranglerConfig>>,
): readonly string[] {
  return [
    config.assets.binding,
    ...Object.keys(config.vars ?? {}),
    ...(config.durable_objects?.bindings ?? []).map(({ name }) => name),
    ...(config.queues?.producers ?? []).map(({ binding }) => binding),
    ...(config.d1_databases ?? []).map(({ binding }) => binding),
    ...(config.kv_namespaces ?? []).map(({ binding }) => binding),
  ];
}

/**
 * `deno task build`: writes `fresh.gen.ts` and, when anything changed since, the `_fresh/` folder.
 * `--check` writes nothing and fails if the committed `fresh.gen.ts` is stale.
 * @module
 */
import { createHash } from "node:crypto";
import { routeExports, type RouteFile, routeTable } from "./route_table.ts";

/** What a build did. A new route table is seen only by processes that start after it. */
export interface BuildOutcome {
  routeTable: "written" | "unchanged";
  bundles: "built" | "unchanged";
}

const PROJECT = new URL("../", import.meta.url);

/** Folders that nothing in the build comes from. */
const LEFT_OUT = new Set([
  "_cloudflare",
  "_fresh",
  "bench",
  "data",
  "docs",
  "node_modules",
  "tests",
]);

/** Brings the route table and `_fresh/` up to date. Quick when they are; may run at any time. */
export async function buildIfStale(project: URL = PROJECT): Promise<BuildOutcome> {
  const text = await currentRouteTable(project);
  const table = new URL("fresh.gen.ts", project);
  const stale = await readText(table) !== text;
  if (stale) await Deno.writeTextFile(table, text);

  const marker = new URL("_fresh/fingerprint", project);
  const fingerprint = await fingerprintOf(project);
  const built = await readText(marker) !== fingerprint;
  if (built) {
    const { Builder } = await import("fresh/dev");
    await new Builder({ root: project.href }).build();
    await Deno.writeTextFile(marker, fingerprint);
  }
  return {
    routeTable: stale ? "written" : "unchanged",
    bundles: built ? "built" : "unchanged",
  };
}

/** Whether the committed route table says what the route folder says. */
export async function routeTableIsCurrent(project: URL = PROJECT): Promise<boolean> {
  return await readText(new URL("fresh.gen.ts", project)) === await currentRouteTable(project);
}

async function currentRouteTable(project: URL): Promise<string> {
  const folder = new URL("routes/", project);
  const paths = await filesBelow(folder, (name) => name.startsWith("(_"));
  const files = await Promise.all(
    paths.filter((path) => /\.[jt]sx?$/.test(path) && !/[._]test\.[jt]sx?$/.test(path)).map(
      async (path): Promise<RouteFile> => ({
        path,
        exports: routeExports(await Deno.readTextFile(new URL(encoded(path), folder))),
      }),
    ),
  );
  return routeTable(files);
}

/** A hash of everything that a build may come from. */
export async function fingerprintOf(project: URL): Promise<string> {
  const hash = createHash("sha256");
  for (const path of await filesBelow(project, (name) => LEFT_OUT.has(name))) {
    if (!path.includes("/") && !/\.(tsx?|jsonc?|lock)$/.test(path)) continue;
    const content = await Deno.readFile(new URL(encoded(path), project));
    hash.update(`${path}\n${content.byteLength}\n`).update(content);
  }
  return hash.digest("hex");
}

/** Paths of all files below a folder, sorted, without hidden ones and those that `skip` names. */
export async function filesBelow(folder: URL, skip: (name: string) => boolean): Promise<string[]> {
  const found: string[] = [];
  const visit = async (path: string) => {
    for await (const entry of Deno.readDir(new URL(encoded(path) || ".", folder))) {
      if (entry.name.startsWith(".") || (entry.isDirectory && skip(entry.name))) continue;
      if (entry.isDirectory) await visit(`${path}${entry.name}/`);
      else found.push(path + entry.name);
    }
  };
  await visit("");
  return found.sort();
}

const encoded = (path: string): string => path.split("/").map(encodeURIComponent).join("/");

/** The text of a file; null when there is none. */
export async function readText(file: URL): Promise<string | null> {
  try {
    return await Deno.readTextFile(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

if (import.meta.main) {
  if (!Deno.args.includes("--check")) {
    await buildIfStale();
  } else if (!await routeTableIsCurrent()) {
    console.error("fresh.gen.ts is stale: run `deno task build` and commit it.");
    Deno.exit(1);
  }
}

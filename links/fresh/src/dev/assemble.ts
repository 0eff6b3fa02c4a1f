import { type Build, bundlePrefix } from "../server/build.ts";
import { BOOT_ENTRY, bundle, type Bundles, LIVE_RELOAD_ENTRY } from "./bundle.ts";
import { filesBelow, type FoundFile, islandFiles, routeFiles } from "./crawl.ts";

/** The options of a `Builder` as absolute paths. */
export interface BuilderConfig {
  root: string;
  outDir: string;
  staticDir: string;
  islandDir: string;
  routeDir: string;
  serverEntry: string;
  ignore: RegExp[];
}

/** A file to serve, with the hash and size that a response names. */
export interface HashedFile {
  /** Its URL below the base path. */
  path: string;
  hash: string;
  size: number;
}

/** Everything that a build consists of, before it is written or loaded. */
export interface Assembled {
  id: string;
  boot: Build["boot"];
  liveReloadUrl: string | null;
  islands: { file: string; url: string; chunks: string[] }[];
  statics: (HashedFile & { absolute: string })[];
  bundles: (HashedFile & { contents: Uint8Array<ArrayBuffer> })[];
  routes: FoundFile[];
}

/** Bundles the islands, and finds and hashes whatever else belongs to the build. */
export async function assemble(
  config: BuilderConfig,
  extraIslands: string[],
  mode: Build["mode"],
): Promise<Assembled> {
  const { ignore, outDir } = config;
  const islands = [...new Set([...await islandFiles(config, ignore), ...extraIslands])];
  const development = mode === "development";
  const entries = [BOOT_ENTRY, ...(development ? [LIVE_RELOAD_ENTRY] : []), ...islands];
  const bundles = await bundle(entries, development);
  const found = await filesBelow(config.staticDir, ignore);
  const statics = await Promise.all(
    found.filter(({ absolute }) => !absolute.startsWith(`${outDir}/`)).map(hashStatic),
  );
  const hashed = await Promise.all(bundles.all.map(async ({ path, contents }) => ({
    path,
    contents,
    hash: await hashOf(contents),
    size: contents.byteLength,
  })));
  const id = await buildId([...statics, ...hashed]);
  const urlOf = (path: string) => bundlePrefix(id) + path;
  return {
    id,
    boot: placeOf(bundles, BOOT_ENTRY, urlOf),
    liveReloadUrl: development ? placeOf(bundles, LIVE_RELOAD_ENTRY, urlOf).url : null,
    islands: islands.map((file) => ({ file, ...placeOf(bundles, file, urlOf) })),
    statics,
    bundles: hashed.map((each) => ({ ...each, path: urlOf(each.path) })),
    routes: await routeFiles(config.routeDir, ignore),
  };
}

function placeOf(bundles: Bundles, entry: string, urlOf: (path: string) => string): Build["boot"] {
  const { path, chunks } = bundles.of(entry);
  return { url: urlOf(path), chunks: chunks.map(urlOf) };
}

async function hashStatic({ path, absolute }: FoundFile) {
  const contents = await Deno.readFile(absolute);
  return { path: `/${path}`, absolute, hash: await hashOf(contents), size: contents.byteLength };
}

async function hashOf(contents: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", contents)).toHex().slice(0, 32);
}

async function buildId(files: HashedFile[]): Promise<string> {
  const lines = files.map(({ path, hash }) => `${path} ${hash}\n`).sort();
  return await hashOf(new TextEncoder().encode(lines.join("")));
}

import type { Build, BuiltFile } from "../server/build.ts";
import { contentTypeOf } from "../server/content_type.ts";
import { fileOnDisk, islandsOf } from "../server/snapshot.ts";
import type { Assembled, BuilderConfig } from "./assemble.ts";
import { toFileUrl } from "./paths.ts";

/** The build as this process uses it: bundles in memory, static files where they are. */
export async function loadIntoMemory(
  config: BuilderConfig,
  assembled: Assembled,
  mode: Build["mode"],
): Promise<Build> {
  const { id, boot, liveReloadUrl } = assembled;
  const islands = await Promise.all(
    assembled.islands.map(async (island) => ({ ...island, module: await load(island.file) })),
  );
  const files = new Map<string, BuiltFile>();
  for (const { absolute, ...file } of assembled.statics) {
    files.set(file.path, fileOnDisk({ ...file, source: toFileUrl(absolute).href }));
  }
  for (const { path, hash, size, contents } of assembled.bundles) {
    const contentType = contentTypeOf(path);
    files.set(path, { contentType, hash, size, open: () => Promise.resolve(contents) });
  }
  const routes = await Promise.all(
    assembled.routes.map(async ({ path, absolute }) => ({ path, module: await load(absolute) })),
  );
  return {
    id,
    boot,
    liveReloadUrl,
    mode,
    root: config.root,
    islands: islandsOf(islands),
    files,
    routes,
  };
}

async function load(path: string): Promise<Record<string, unknown>> {
  return await import(toFileUrl(path).href);
}

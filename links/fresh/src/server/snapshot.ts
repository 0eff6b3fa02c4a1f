import type { ComponentType } from "preact";
import { useBuildId } from "../shared/asset.ts";
import { type App, useBuild } from "./app.ts";
import type { Build, BuiltFile, Island } from "./build.ts";
import { contentTypeOf } from "./content_type.ts";
import type { FsRoute } from "./fs_routes.ts";
import { markAsIslands } from "./island_boundary.ts";

/** An island file: its bundle's place, and its module as the server imports it. */
export interface IslandModule {
  file: string;
  url: string;
  chunks: string[];
  module: Record<string, unknown>;
}

/** A file that a build wrote or found. `source` is its address. */
export interface SnapshotFile {
  path: string;
  source: string;
  hash: string;
  size: number;
}

/** What `_fresh/server.js` holds. */
export interface DiskSnapshot {
  id: string;
  root: string;
  boot: Build["boot"];
  islands: IslandModule[];
  files: SnapshotFile[];
  routes: FsRoute[];
}

/** Gives the app a build whose files are read from disk when they are asked for. */
export function applyDiskSnapshot<State>(app: App<State>, snapshot: DiskSnapshot): void {
  applyBuild(app, {
    ...snapshot,
    mode: "production",
    liveReloadUrl: null,
    islands: islandsOf(snapshot.islands),
    files: new Map(snapshot.files.map((file) => [file.path, fileOnDisk(file)])),
  });
}

/** Gives the app a build. */
export function applyBuild<State>(app: App<State>, build: Build): void {
  markAsIslands(build.islands.keys());
  useBuildId(build.id);
  useBuild(app, build);
}

/** Every component that island files export. */
export function islandsOf(modules: IslandModule[]): Map<ComponentType, Island> {
  const islands = new Map<ComponentType, Island>();
  for (const { file, url, chunks, module } of modules) {
    for (const [exportName, exported] of Object.entries(module)) {
      if (typeof exported !== "function") continue;
      const fn = exported as ComponentType;
      islands.set(fn, { file, exportName, fn, url, chunks });
    }
  }
  return islands;
}

/** A file that is opened anew for each request. */
export function fileOnDisk({ path, source, hash, size }: SnapshotFile): BuiltFile {
  return {
    contentType: contentTypeOf(path),
    hash,
    size,
    open: async () => (await Deno.open(new URL(source))).readable,
  };
}

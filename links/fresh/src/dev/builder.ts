import { type App, type ListenOptions } from "../server/app.ts";
import type { Build } from "../server/build.ts";
import { applyBuild } from "../server/snapshot.ts";
import { assemble, type Assembled, type BuilderConfig } from "./assemble.ts";
import { serveDevelopment } from "./development_server.ts";
import { loadIntoMemory } from "./memory_build.ts";
import { absolutePath } from "./paths.ts";
import { writeToDisk } from "./disk_build.ts";

/** Where an application's parts are. Relative paths are below `root`. */
export interface BuildOptions {
  /** Default: the current folder. */
  root?: string;
  /** Default: `_fresh`. */
  outDir?: string;
  /** Default: `static`. */
  staticDir?: string;
  /** Default: `islands`. */
  islandDir?: string;
  /** Default: `routes`. */
  routeDir?: string;
  /** The module that exports `app`. Default: `main.ts`. */
  serverEntry?: string;
  /** Accepted and not used: Deno's bundler emits what current browsers understand. */
  target?: string | string[];
  /** Files to leave out. Default: tests. */
  ignore?: RegExp[];
}

const TESTS = /[._]test\.[jt]sx?$/;

/** Builds an application for production, for tests, or for working on it. */
export class Builder<State = unknown> {
  readonly config: BuilderConfig;
  readonly #islands: string[] = [];

  constructor(options: BuildOptions = {}) {
    const root = absolutePath(options.root ?? ".", Deno.cwd());
    const below = (path: string) => absolutePath(path, root);
    this.config = {
      root,
      outDir: below(options.outDir ?? "_fresh"),
      staticDir: below(options.staticDir ?? "static"),
      islandDir: below(options.islandDir ?? "islands"),
      routeDir: below(options.routeDir ?? "routes"),
      serverEntry: below(options.serverEntry ?? "main.ts"),
      ignore: options.ignore ?? [TESTS],
    };
  }

  /** Adds an island file that is not in the island folder. */
  registerIsland(path: string): void {
    this.#islands.push(absolutePath(path, this.config.root));
  }

  /**
   * Builds into `outDir`, or with `snapshot: "memory"` writes nothing. Returns a function that
   * gives the build to an app, which must be called before the app's `handler()`.
   */
  async build(
    options: { mode?: Build["mode"]; snapshot?: "disk" | "memory" } = {},
  ): Promise<(app: App<State>) => void> {
    const mode = options.mode ?? "production";
    const assembled = await this.#assemble(mode);
    if (options.snapshot !== "memory") await writeToDisk(this.config, assembled);
    const build = await loadIntoMemory(this.config, assembled, mode);
    return (app) => applyBuild(app, build);
  }

  /** Serves the app for working on it: pages reload when the server restarts. */
  async listen(
    importApp: () => Promise<{ app: App<State> } | App<State>>,
    options: ListenOptions = {},
  ): Promise<void> {
    const assembled = await this.#assemble("development");
    const build = await loadIntoMemory(this.config, assembled, "development");
    const imported = await importApp();
    const app = "app" in imported ? imported.app : imported;
    applyBuild(app, build);
    await serveDevelopment(app, options);
  }

  #assemble(mode: Build["mode"]): Promise<Assembled> {
    return assemble(this.config, this.#islands, mode);
  }
}

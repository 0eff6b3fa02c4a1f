import type { ComponentType } from "preact";
import type { FsRoute } from "./fs_routes.ts";

/** A component that is also sent to the browser. */
export interface Island {
  /** The file it stands in, for messages. */
  file: string;
  exportName: string;
  fn: ComponentType;
  /** The URL of its bundle, without the base path. */
  url: string;
  /** URLs of the chunks that bundle imports. */
  chunks: string[];
}

/** One file that can be served. */
export interface BuiltFile {
  contentType: string;
  /** A hash of the content: the entity tag. */
  hash: string;
  size: number;
  open(): Promise<ReadableStream<Uint8Array<ArrayBuffer>> | Uint8Array<ArrayBuffer>>;
}

/** What a build gives an application: its islands and the files it serves. */
export interface Build {
  /** Changes when anything that browsers cache has changed. */
  id: string;
  root: string;
  mode: "development" | "production";
  islands: Map<ComponentType, Island>;
  /** The URL of the module that hydrates a page, and the chunks it imports. */
  boot: { url: string; chunks: string[] };
  /** In development, the URL of the module that reloads the page. */
  liveReloadUrl: string | null;
  routes: FsRoute[];
  /** Files by their path below the base path, beginning with a slash. */
  files: Map<string, BuiltFile>;
}

/** Where the bundles of a build are served from. */
export const bundlePrefix = (buildId: string): string => `/_fresh/js/${buildId}/`;

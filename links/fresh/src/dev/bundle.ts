import { fromFileUrl } from "./paths.ts";

/** A file for browsers. */
export interface Bundle {
  /** Its path below the folder of all bundles. */
  path: string;
  contents: Uint8Array<ArrayBuffer>;
  /** The bundles it imports, directly or through others. */
  chunks: string[];
}

/** The bundles, and which of them each entry became. */
export interface Bundles {
  all: Bundle[];
  of: (entry: string) => Bundle;
}

/** The module that hydrates pages. */
export const BOOT_ENTRY = fromFileUrl(new URL("../client/boot.ts", import.meta.url));
/** The module that reloads pages in development. */
export const LIVE_RELOAD_ENTRY = fromFileUrl(new URL("../client/live_reload.ts", import.meta.url));

// Nothing is written there: the bundler wants a folder to name its output by.
const NOWHERE = "/_fresh_bundles";

/** Bundles the entries for browsers; what several of them share becomes chunks of its own. */
export async function bundle(entries: string[], development: boolean): Promise<Bundles> {
  const result = await Deno.bundle({
    entrypoints: entries,
    outputDir: NOWHERE,
    write: false,
    platform: "browser",
    format: "esm",
    codeSplitting: true,
    minify: !development,
    ...(development ? { sourcemap: "inline" as const } : {}),
  });
  if (!result.success) {
    const reasons = result.errors.map(({ text, location }) => `${location?.file ?? ""}: ${text}`);
    throw new Error(`The islands could not be bundled.\n${reasons.join("\n")}`);
  }
  const sources = new Map(
    (result.outputFiles ?? []).map((file) => [
      normalized(file.path).slice(NOWHERE.length + 1),
      { contents: file.contents ?? new Uint8Array(), text: file.text() },
    ]),
  );
  const all = [...sources].map(([path, { contents }]) => ({
    path,
    contents,
    chunks: importsOf(path, sources),
  }));
  const base = commonFolder(entries);
  return {
    all,
    of: (entry) => {
      const path = normalized(entry).slice(base.length + 1).replace(/\.[^.]+$/, ".js");
      const found = all.find((each) => each.path === path);
      if (!found) throw new Error(`The bundler wrote nothing for ${entry}.`);
      return found;
    },
  };
}

// Output is named by the path of its entry below the folder that all entries have in common.
function commonFolder(entries: string[]): string {
  const folders = entries.map((entry) => normalized(entry).split("/").slice(0, -1));
  const [first = [], ...others] = folders;
  const shared = first.findIndex((name, index) => others.some((each) => each[index] !== name));
  return (shared < 0 ? first : first.slice(0, shared)).join("/");
}

const normalized = (path: string): string => path.replaceAll("\\", "/");

const STATIC_IMPORT = /(?:from|import)\s*"(\.{1,2}\/[^"]+)"/g;

function importsOf(path: string, sources: Map<string, { text: string }>): string[] {
  const found = new Set<string>();
  const visit = (from: string) => {
    for (const [, specifier = ""] of sources.get(from)?.text.matchAll(STATIC_IMPORT) ?? []) {
      const target = new URL(specifier, `file:///${from}`).pathname.slice(1);
      if (found.has(target) || !sources.has(target)) continue;
      found.add(target);
      visit(target);
    }
  };
  visit(path);
  return [...found];
}

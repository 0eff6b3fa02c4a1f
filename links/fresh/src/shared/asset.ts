/** True in a browser, false on the server. */
export const IS_BROWSER: boolean = typeof document !== "undefined";

/** The query parameter that binds an asset's URL to one build. */
export const BUILD_PARAMETER = "__frsh_c";

let currentBuildId: string | undefined;

/** Makes `asset` bind URLs to this build; empty when there is none. */
export function useBuildId(id: string): void {
  currentBuildId = id;
}

/**
 * The path with this build's id in its query, so that it can be cached for a year.
 * Unchanged when there is no build, for another origin, and when it carries an id already.
 */
export function asset(path: string): string {
  const buildId = currentBuildId ??= buildIdOfPage();
  if (buildId === "" || !path.startsWith("/") || path.startsWith("//")) return path;
  const hashStart = path.indexOf("#");
  const [bare, fragment] = hashStart < 0
    ? [path, ""]
    : [path.slice(0, hashStart), path.slice(hashStart)];
  if (bare.includes(`${BUILD_PARAMETER}=`)) return path;
  return `${bare}${bare.includes("?") ? "&" : "?"}${BUILD_PARAMETER}=${buildId}${fragment}`;
}

/** `asset` applied to every URL of a `srcset` attribute. */
export function assetSrcSet(srcset: string): string {
  // A data URL holds commas of its own, and gains nothing from a build id.
  if (srcset.includes("data:")) return srcset;
  return srcset.split(",").map((candidate) => {
    const [url = "", ...descriptors] = candidate.trim().split(/\s+/);
    return [asset(url), ...descriptors].join(" ");
  }).join(", ");
}

// The boot script carries the id. Islands may call asset() while their modules load, which is
// before the boot function has run, so the id is read from the page and not handed over.
function buildIdOfPage(): string {
  if (!IS_BROWSER) return "";
  const script = document.querySelector<HTMLScriptElement>("script[data-fresh-build]");
  return script?.dataset["freshBuild"] ?? "";
}

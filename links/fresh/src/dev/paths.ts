/** The path of a file address. */
export function fromFileUrl(url: URL): string {
  const path = decodeURIComponent(url.pathname);
  return Deno.build.os === "windows" ? path.slice(1) : path;
}

/** The address of a file or folder; a folder's ends with a slash if its path does. */
export function toFileUrl(path: string): URL {
  const escaped = escapePath(path.replaceAll("\\", "/"));
  return new URL(escaped.startsWith("/") ? `file://${escaped}` : `file:///${escaped}`);
}

// Only what has a meaning in addresses. Escaping "[" as well would give the module of `[id].tsx` a
// second address, and so a second instance beside the one that is imported by its plain name.
function escapePath(path: string): string {
  return path.replace(/[%?#]/g, encodeURIComponent);
}

/** An absolute path: of a file address, of an absolute path, or of one relative to `root`. */
export function absolutePath(path: string, root: string): string {
  if (path.startsWith("file://")) return fromFileUrl(new URL(path)).replace(/\/$/, "");
  const url = isAbsolute(path) ? toFileUrl(path) : new URL(escapePath(path), toFileUrl(`${root}/`));
  return fromFileUrl(url).replace(/\/$/, "");
}

const isAbsolute = (path: string): boolean => /^([a-z]:)?[\\/]/i.test(path);

/** How a module in `folder` imports the file at `target`: relative, so that the folder can move. */
export function relativeSpecifier(folder: string, target: string): string {
  const from = folder.split("/");
  const to = target.split("/");
  let shared = 0;
  while (shared < to.length - 1 && from[shared] === to[shared]) shared++;
  const up = from.slice(shared).map(() => "..");
  const path = [...up, ...to.slice(shared)].map(escapePath).join("/");
  return path.startsWith("..") ? path : `./${path}`;
}

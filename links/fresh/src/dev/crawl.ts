/** A file below a folder. */
export interface FoundFile {
  /** Its path in the folder, with forward slashes. */
  path: string;
  absolute: string;
}

/** All files below a folder in a stable order, without hidden ones. Empty if there is no such folder. */
export async function filesBelow(folder: string, ignore: RegExp[]): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  const visit = async (path: string) => {
    for (const entry of await entriesOf(`${folder}/${path}`)) {
      const inner = path === "" ? entry.name : `${path}/${entry.name}`;
      const absolute = `${folder}/${inner}`;
      // ".well-known" is a public folder by RFC 8615; other hidden names are not meant for anyone.
      if (entry.name.startsWith(".") && entry.name !== ".well-known") continue;
      if (ignore.some((pattern) => pattern.test(absolute))) continue;
      if (entry.isDirectory) await visit(inner);
      else if (entry.isFile) found.push({ path: inner, absolute });
    }
  };
  await visit("");
  return found;
}

async function entriesOf(folder: string): Promise<Deno.DirEntry[]> {
  try {
    const entries = await Array.fromAsync(Deno.readDir(folder));
    return entries.sort((a, b) => a.name < b.name ? -1 : 1);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

const MODULE = /\.[jt]sx?$/;

/** The island files: those of the island folder, and of `(_islands)` folders among the routes. */
export async function islandFiles(
  folders: { islandDir: string; routeDir: string },
  ignore: RegExp[],
): Promise<string[]> {
  const own = await filesBelow(folders.islandDir, ignore);
  const among = await filesBelow(folders.routeDir, ignore);
  const local = among.filter(({ path }) => path.includes("(_islands)/"));
  return [...own, ...local].map(({ absolute }) => absolute).filter((path) => MODULE.test(path));
}

/** The route files, without folders like `(_components)` whose files are not routes. */
export async function routeFiles(routeDir: string, ignore: RegExp[]): Promise<FoundFile[]> {
  const files = await filesBelow(routeDir, ignore);
  return files.filter(({ path }) => MODULE.test(path) && !/(^|\/)\(_[^/]*\)\//.test(path));
}

/** A source file of the project: its path from the root, and its text. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

const ROOT = new URL("../../", import.meta.url);

/** Every TypeScript file that git knows or would take, but for what is generated. */
export async function sources(): Promise<readonly Source[]> {
  const { stdout, success } = await new Deno.Command("git", {
    args: ["ls-files", "--cached", "--others", "--exclude-standard", "*.ts", "*.tsx"],
    cwd: ROOT,
  }).output();
  if (!success) throw new Error("git could not list the files");
  const paths = new TextDecoder().decode(stdout).trim().split("\n");
  const wanted = paths.filter((path) => path !== "fresh.gen.ts");
  const read = await Promise.all(wanted.map(async (path): Promise<Source | null> => {
    const text = await Deno.readTextFile(new URL(path, ROOT)).catch(() => null);
    return text === null ? null : { path, text };
  }));
  return read.filter((source) => source !== null);
}

const FROM = /^\s*(?:import|export)\s(?:[^;"'`]*?\sfrom\s)?["']([^"']+)["']/gm;
const DYNAMIC = /\bimport\(\s*["']([^"']+)["']/g;

/** What a file imports: paths from the root for its own files, bare specifiers for packages. */
export function importsOf(source: Source): readonly string[] {
  const specifiers = [FROM, DYNAMIC].flatMap((pattern) =>
    [...source.text.matchAll(pattern)].map((match) => match[1] ?? "")
  );
  return specifiers.map((specifier) => {
    if (!specifier.startsWith(".")) return specifier;
    const base = new URL(source.path, "file:///");
    return new URL(specifier, base).pathname.slice(1);
  });
}

/** The text without comments, so that a rule speaks of code alone. */
export function codeOf(source: Source): string {
  return source.text.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/(^|\s)\/\/.*$/gm, "$1");
}

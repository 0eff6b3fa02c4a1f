/**
 * `deno task lint:docs`: every Markdown file of the project is well formed, and every link from one of
 * them to a file of the project leads somewhere.
 */
import { lint } from "markdownlint/promise";

const ROOT = new URL("../", import.meta.url);

/** Long lines are prose's own business; a decision record may begin with its number. */
const RULES = { default: true, MD013: false, MD033: false };

const LINK = /\]\((?!https?:|mailto:|#)([^)\s#]+)/g;

async function markdownFiles(): Promise<readonly string[]> {
  const { stdout } = await new Deno.Command("git", {
    args: ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
    cwd: ROOT,
  }).output();
  return new TextDecoder().decode(stdout).split("\n").filter((path) => path !== "");
}

async function deadLinks(path: string): Promise<string[]> {
  const text = await Deno.readTextFile(new URL(path, ROOT));
  const dead: string[] = [];
  for (const [, target = ""] of text.matchAll(LINK)) {
    const file = new URL(target, new URL(path, ROOT));
    await Deno.stat(file).catch(() => dead.push(`${path}: there is no ${target}`));
  }
  return dead;
}

const paths = await markdownFiles();
const files = paths.map((path) => new URL(path, ROOT).pathname);
const results = await lint({ files, config: RULES });
const flaws = Object.entries(results).flatMap(([file, errors]) =>
  errors.map((error) => {
    const rule = `${error.ruleNames[0]} ${error.ruleDescription}`;
    return `${file.slice(ROOT.pathname.length)}:${error.lineNumber} ${rule}`;
  })
);
for (const path of paths) flaws.push(...await deadLinks(path));

for (const flaw of flaws) console.error(flaw);
if (flaws.length > 0) Deno.exit(1);
console.log(`${paths.length} documents are in order.`);

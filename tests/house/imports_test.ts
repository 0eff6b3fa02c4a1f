import { assertEquals } from "@std/assert";
import { codeOf, importsOf, type Source, sources } from "./sources.ts";

/**
 * Which rooms a file of each room may import from. A room is a path from the root; the longest that
 * fits counts. Packages are named by their specifier.
 */
const MAY_IMPORT: { readonly [room: string]: readonly string[] } = {
  "lib/domain/": ["lib/domain/"],
  "lib/audit/": ["lib/audit/", "lib/domain/"],
  "lib/ports/": ["lib/ports/", "lib/audit/", "lib/domain/"],
  "lib/app/": ["lib/app/", "lib/ports/", "lib/audit/", "lib/domain/"],
  "lib/adapters/": [
    "lib/adapters/",
    "lib/ports/",
    "lib/audit/",
    "lib/domain/",
    "lru-cache",
    "node:",
  ],
  "lib/http/": [
    "lib/http/",
    "lib/domain/",
    "zod",
    "zod-openapi",
    "@humanwhocodes/momoa",
    "node:crypto",
  ],
  "lib/site/": ["lib/site/", "lib/audit/", "lib/domain/"],
  "lib/browser/": ["lib/browser/", "lib/site/", "lib/domain/", "@preact/signals"],
  "islands/": [
    "islands/",
    "components/",
    "lib/browser/",
    "lib/site/",
    "lib/audit/",
    "lib/domain/",
    "preact",
    "preact/hooks",
    "@preact/signals",
    "@noble/hashes/sha2.js",
    "fresh/runtime",
  ],
  "components/": [
    "components/",
    "islands/",
    "lib/browser/",
    "lib/site/",
    "lib/domain/",
    "preact",
    "fresh/runtime",
  ],
  "routes/": [
    "routes/",
    "components/",
    "islands/",
    "define.ts",
    "lib/http/",
    "lib/app/",
    "lib/site/",
    "lib/audit/",
    "lib/domain/",
    "fresh",
    "fresh/runtime",
    "preact",
  ],
};

/** Only these may know a concrete store: the roots, the scripts, the tests and the benches. */
const MAY_IMPORT_ADAPTERS = [
  "main.ts",
  "deno_home.ts",
  "worker.ts",
  "objects/",
  "worker_home.ts",
  "tasks/",
  "tests/",
  "bench/",
  "lib/adapters/",
];

/** What belongs to the platform, and the rooms that must not know it. */
const PLATFORM =
  /\b(?:Deno\.|Date\.now|Math\.random|randomUUID|getRandomValues|setTimeout|setInterval|process\.)/;
const WITHOUT_PLATFORM = ["lib/domain/", "lib/audit/", "lib/ports/", "lib/app/", "lib/http/"];

Deno.test("every file imports only from the rooms that its own room may know", async () => {
  const wrong = (await sources()).flatMap((source) => {
    const room = roomOf(source);
    if (!room) return [];
    return importsOf(source)
      .filter((specifier) => !MAY_IMPORT[room]?.some((allowed) => reaches(specifier, allowed)))
      .map((specifier) => `${source.path} imports ${specifier}`);
  });
  assertEquals(wrong, []);
});

Deno.test("only roots, scripts, tests and benches import adapters", async () => {
  const wrong = (await sources())
    .filter(({ path }) => !MAY_IMPORT_ADAPTERS.some((place) => path.startsWith(place)))
    .filter((source) => importsOf(source).some((target) => target.startsWith("lib/adapters/")))
    .map(({ path }) => path);
  assertEquals(wrong, []);
});

Deno.test("the core knows no clock, no randomness, no platform", async () => {
  const wrong = (await sources())
    .filter(({ path }) => WITHOUT_PLATFORM.some((room) => path.startsWith(room)))
    .filter((source) => PLATFORM.test(codeOf(source)))
    .map(({ path }) => path);
  assertEquals(wrong, []);
});

Deno.test("pages and the browser's code do not reach for Deno", async () => {
  const wrong = (await sources())
    .filter(({ path }) => /^(?:routes|islands|components|lib\/site)\//.test(path))
    .filter((source) => /\bDeno\./.test(codeOf(source)))
    .map(({ path }) => path);
  assertEquals(wrong, []);
});

Deno.test("zod is imported whole and only in lib/http", async () => {
  const wrong = (await sources())
    .filter(({ path }) => !path.startsWith("tests/"))
    .filter((source) => importsOf(source).some((target) => /^zod(?:\/|$)/.test(target)))
    .filter(({ path, text }) =>
      !path.startsWith("lib/http/") || /import \{[^}]*\} from "zod"/.test(text)
    )
    .map(({ path }) => path);
  assertEquals(wrong, []);
});

Deno.test("keys of the database stand in one file", async () => {
  const wrong = (await sources())
    .filter(({ path }) => path.startsWith("lib/") && path !== "lib/adapters/deno_kv/keys.ts")
    .filter((source) =>
      /(?:key|prefix|start|end): \[|\.(?:get|set|delete)\(\[/.test(codeOf(source))
    )
    .map(({ path }) => path);
  assertEquals(wrong, []);
});

Deno.test("no file is named for being useful", async () => {
  const wrong = (await sources())
    .map(({ path }) => path)
    .filter((path) => /(?:^|\/)(?:utils?|helpers?|misc|types)\.tsx?$/.test(path));
  assertEquals(wrong, []);
});

function roomOf({ path }: Source): string | null {
  const rooms = Object.keys(MAY_IMPORT).filter((room) => path.startsWith(room));
  return rooms.sort((a, b) => b.length - a.length)[0] ?? null;
}

function reaches(specifier: string, allowed: string): boolean {
  return allowed.endsWith("/") || allowed.endsWith(":")
    ? specifier.startsWith(allowed)
    : specifier === allowed;
}

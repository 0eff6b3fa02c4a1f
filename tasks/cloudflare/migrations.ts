import type { Miniflare } from "miniflare";
import { filesBelow } from "../build.ts";
import type { D1Database, WranglerConfig } from "./wrangler_config.ts";

const PROJECT = new URL("../../", import.meta.url);

/** The table in which wrangler, too, remembers what has run. */
const DONE = `CREATE TABLE IF NOT EXISTS d1_migrations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT UNIQUE,
  applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
)`;

/** Runs the migrations that the local databases have not had, in the order of their names, each once. */
export async function applyMigrations(miniflare: Miniflare, config: WranglerConfig): Promise<void> {
  for (const database of config.d1_databases ?? []) await migrate(miniflare, database);
}

async function migrate(miniflare: Miniflare, database: D1Database): Promise<void> {
  const folder = new URL(`${database.migrations_dir}/`, PROJECT);
  const d1 = await miniflare.getD1Database(database.binding);
  await d1.prepare(DONE).run();
  const applied: { readonly results: readonly { readonly name: string }[] } = await d1
    .prepare("SELECT name FROM d1_migrations").all();
  const done = new Set(applied.results.map(({ name }) => name));
  const files = await filesBelow(folder, () => false);
  for (const name of files.filter((file) => file.endsWith(".sql") && !done.has(file))) {
    const text = await Deno.readTextFile(new URL(name, folder));
    await d1.batch([
      ...statementsOf(text).map((statement) => d1.prepare(statement)),
      d1.prepare("INSERT INTO d1_migrations (name) VALUES (?)").bind(name),
    ]);
  }
}

/** A statement ends with a semicolon at the end of a line. */
function statementsOf(text: string): readonly string[] {
  return text.replaceAll(/^\s*--.*$/gm, "").split(/;[ \t]*$/m)
    .map((statement) => statement.trim()).filter((statement) => statement !== "");
}

import { Miniflare } from "miniflare";
import { tablesOf } from "./tables_of.ts";

const PROJECT = new URL("../../", import.meta.url);
const MIGRATION = new URL("lib/adapters/cloudflare/migrations/0001_records.sql", PROJECT);

/** The objects' classes by their bindings. */
const OBJECTS = {
  ACCOUNTS: "AccountObject",
  MARKETS: "MarketObject",
  LOG: "LogObject",
  CATALOGUE: "CatalogueObject",
  SESSIONS: "SessionObject",
};

/** A workerd with the objects, and how to reach it. */
export interface LocalWorkerd {
  readonly url: string;
  /** Makes the tables for queries of one more home; see `tablesOf`. */
  makeTables(home: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts the real workerd on an entry of the project, with nothing in its stores. */
export async function startWorkerd(entry: string): Promise<LocalWorkerd> {
  const miniflare = new Miniflare({
    name: "holdfast-tests",
    modules: true,
    script: await bundled(entry),
    compatibilityDate: "2026-07-01",
    compatibilityFlags: ["nodejs_compat"],
    durableObjects: Object.fromEntries(
      Object.entries(OBJECTS).map(([name, className]) => [name, { className, useSQLite: true }]),
    ),
    queueProducers: { ENTRIES: "entries" },
    queueConsumers: { entries: { maxBatchSize: 20, maxBatchTimeout: 0.1 } },
    d1Databases: { RECORDS: "records" },
  });
  const url = await miniflare.ready;
  const records = await miniflare.getD1Database("RECORDS");
  const schema = (await Deno.readTextFile(MIGRATION)).replaceAll(/^--.*$/gm, "");
  const statements = schema.split(";").filter((text) => text.trim() !== "");
  return {
    url: url.href,
    makeTables: async (home) => {
      for (const statement of statements) await records.prepare(tablesOf(home, statement)).run();
    },
    close: () => miniflare.dispose(),
  };
}

async function bundled(entry: string): Promise<string> {
  const result = await Deno.bundle({
    entrypoints: [new URL(entry, PROJECT).href],
    outputDir: ".",
    write: false,
    platform: "browser",
    format: "esm",
    external: ["node:*", "cloudflare:*"],
  });
  const [file] = result.outputFiles ?? [];
  if (!result.success || !file?.contents) {
    throw new Error(result.errors.map(({ text }) => text).join("\n"));
  }
  return new TextDecoder().decode(file.contents);
}
